import { askDocker, type ContainerState, listContainers } from '../docker/docker.ts';
import { askStack, type StackAnswer } from '../docker/stack-health.ts';
import type { LeakState, ServiceMemory } from '../lab-client.ts';
import { findLab } from '../running-lab.ts';
import { type Death, readDeaths } from '../state/deaths.ts';
import type { LabState } from '../state/lab-state.ts';
import { answers } from '../supervisor/health.ts';
import { statusInWords } from './status-words.ts';

/** What `./lab status --json` prints. */
export interface Status {
  readonly running: 'embedded' | 'docker' | 'no';
  /** Whether the service answers. */
  readonly healthy: boolean;
  readonly url: string;
  readonly console: { readonly url: string; readonly answers: boolean };
  readonly embedded: LabState | null;
  readonly memory: ServiceMemory | null;
  readonly leaks: readonly LeakState[];
  /** Of this run, oldest first. */
  readonly deaths: readonly Death[];
  readonly containers: readonly ContainerState[];
  readonly stack: readonly StackAnswer[];
}

/** As `systemctl status` says it. */
const notRunning_exit_code = 3;

/** `./lab status`: what runs, where, how full it is, what died. Exit code 0 when the service answers, else 3. */
export async function status(options: { readonly json?: boolean }): Promise<void> {
  const found = await readStatus();
  console.log(options.json ? JSON.stringify(found, null, 2) : statusInWords(found));
  if (!found.healthy) process.exitCode = notRunning_exit_code;
}

async function readStatus(): Promise<Status> {
  const { client, consoleUrl, embedded, directory, settings } = findLab();
  const containers = embedded === undefined && askDocker().kind === 'ready' ? listContainers() : [];
  const docker = containers.some(({ state }) => state === 'running');
  const running = embedded !== undefined ? 'embedded' : docker ? 'docker' : 'no';
  const ask = <T>(question: () => Promise<T>) =>
    running === 'no' ? undefined : question().catch(() => undefined);
  const [memory, leaks, stack, consoleAnswers] = await Promise.all([
    ask(() => client.memory()),
    ask(() => client.leaks()),
    docker ? askStack(settings.ports) : [],
    running !== 'no' && answers(`${consoleUrl}/health`),
  ]);
  return {
    running,
    healthy: memory !== undefined,
    url: client.url,
    console: { url: consoleUrl, answers: consoleAnswers },
    embedded: embedded ?? null,
    memory: memory ?? null,
    leaks: leaks ?? [],
    deaths:
      embedded === undefined ? [] : readDeaths(directory).filter(({ time }) => time >= embedded.started_at),
    containers,
    stack,
  };
}
