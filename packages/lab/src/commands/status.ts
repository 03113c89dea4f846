import { askDocker, type ContainerState, listContainers } from '../docker/docker.ts';
import { askStack, type StackAnswer } from '../docker/stack-health.ts';
import type { IncidentState, LeakState, ServiceMemory } from '../lab-client.ts';
import { findLab } from '../running-lab.ts';
import { type Death, readDeaths } from '../state/deaths.ts';
import type { LabState } from '../state/lab-state.ts';
import { answers } from '../supervisor/health.ts';
import { patientNames } from '../supervisor/program.ts';
import { patientPort, urlOf } from '../supervisor/programs.ts';
import { statusInWords } from './status-words.ts';

/** What `./lab status --json` prints. */
export interface Status {
  readonly running: 'embedded' | 'docker' | 'no';
  /** Whether the service answers. */
  readonly healthy: boolean;
  readonly url: string;
  readonly console: { readonly url: string; readonly answers: boolean };
  readonly embedded: LabState | null;
  /** Services that the lab under way has beside the first. */
  readonly patients: readonly { readonly name: string; readonly url: string; readonly answers: boolean }[];
  readonly memory: ServiceMemory | null;
  /** Empty while an incident runs. */
  readonly leaks: readonly LeakState[];
  readonly incident: IncidentState | null;
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
  const beside =
    embedded?.patients.map(({ name, url }) => ({ name, url })) ??
    patientNames
      .filter((name) => containers.some(({ service }) => service === name))
      .map((name) => ({ name, url: urlOf(patientPort(settings.ports, name)) }));
  const ask = <T>(question: () => Promise<T>) =>
    running === 'no' ? undefined : question().catch(() => undefined);
  const [memory, leaks, incident, consoleAnswers, patients] = await Promise.all([
    ask(() => client.memory()),
    ask(() => client.leaks()),
    ask(() => client.incident()),
    running !== 'no' && answers(`${consoleUrl}/health`),
    Promise.all(beside.map(async (one) => ({ ...one, answers: await answers(`${one.url}/health`) }))),
  ]);
  // After the others: asking inside the network holds this process up, and they would be late.
  const stack = docker ? await askStack(settings.ports) : [];
  return {
    running,
    healthy: memory !== undefined,
    url: client.url,
    console: { url: consoleUrl, answers: consoleAnswers },
    embedded: embedded ?? null,
    patients,
    memory: memory ?? null,
    leaks: leaks ?? [],
    incident: incident ?? null,
    deaths:
      embedded === undefined ? [] : readDeaths(directory).filter(({ time }) => time >= embedded.started_at),
    containers,
    stack,
  };
}
