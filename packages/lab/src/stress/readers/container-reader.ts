import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { locateOwn, type MemoryCgroup } from '@leak-lab/cgroup-memory';
import { requireDocker } from '../../docker/docker.ts';
import { type MemoryReader, NoReading, type Reading } from '../memory-reader.ts';
import { refused } from '../refused.ts';
import { readingOfCgroup, watchLife } from './cgroup-reading.ts';
import { engineMemory } from './engine-memory.ts';

const run = promisify(execFile);
/** A restart policy of Docker's waits 100 ms at first; the program in it takes its time. */
const patience_seconds = 10;

export interface ContainerFacts {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  /** Of its first process, as the engine's machine counts. */
  readonly pid: number;
  readonly started_at: string;
  readonly oom_killed: boolean;
  readonly exit_code: number;
}

/** What the engine says of a container; `undefined` where it knows none of that name. Throws a `LabError` without an engine. */
export async function inspectContainer(name: string): Promise<ContainerFacts | undefined> {
  const format = '{"id":{{json .Id}},"name":{{json .Name}},"state":{{json .State}}}';
  const answer = await run('docker', ['container', 'inspect', '--format', format, '--', name], {
    timeout: 10_000,
  }).catch(() => undefined);
  if (answer === undefined) {
    requireDocker();
    return undefined;
  }
  const { id, name: called, state } = JSON.parse(answer.stdout);
  return {
    id,
    name: called.replace(/^\//, ''),
    running: state.Running,
    pid: state.Pid,
    started_at: state.StartedAt,
    oom_killed: state.OOMKilled,
    exit_code: state.ExitCode,
  };
}

/**
 * Reads a container's memory without the page cache that can be dropped, by its cgroup where this machine shows it, else
 * by the engine's statistics. Throws a `LabError` where there is no engine, no such container, or it does not run.
 */
export async function containerReader(name: string): Promise<MemoryReader> {
  const facts = await inspectContainer(name);
  if (facts === undefined) throw noContainer(name, 'Docker knows none of that name');
  if (!facts.running) throw noContainer(name, `it has ended with exit code ${facts.exit_code}`);
  const cgroup = cgroupOf(facts);
  const look = cgroup && watchLife(cgroup, facts.pid);
  return {
    source: `container ${facts.name}: all its memory but page cache, as Docker’s engine accounts it`,
    patience_seconds,
    async read(): Promise<Reading> {
      const now = await inspectContainer(name);
      if (now === undefined) throw new NoReading(`container ${name} is gone`, { gone: true });
      if (!now.running) {
        const why = now.oom_killed
          ? 'was killed for want of memory'
          : `ended with exit code ${now.exit_code}`;
        throw new NoReading(`container ${now.name} ${why}`);
      }
      return { process: `${now.id.slice(0, 12)}, started ${now.started_at}`, ...(await memoryOf(now)) };
    },
    watch: async () => look?.() ?? whileItRuns(facts),
  };
}

const memoryOf = async (facts: ContainerFacts): Promise<Reading> => {
  const cgroup = cgroupOf(facts);
  return cgroup === undefined ? engineMemory(facts.id) : readingOfCgroup(cgroup);
};

/** Throws {@link NoReading} where it was started again: what the engine says is of the next life. */
async function whileItRuns({ id, started_at }: ContainerFacts): Promise<Reading> {
  const reading = await engineMemory(id);
  const now = await inspectContainer(id);
  if (now?.started_at !== started_at) throw new NoReading(`container ${id.slice(0, 12)} was started again`);
  return reading;
}

/** The container's own cgroup: its path bears its id. Where the engine runs in a machine of its own there is none. */
function cgroupOf({ id, pid }: ContainerFacts): MemoryCgroup | undefined {
  const cgroup = locateOwn(pid);
  return cgroup?.directory.includes(id) ? cgroup : undefined;
}

const noContainer = (name: string, came: string) =>
  refused({
    problem: `There is no container ${name} to read.`,
    expected: 'the name or id of a container that runs',
    came,
    advice: 'docker ps shows those that run',
  });
