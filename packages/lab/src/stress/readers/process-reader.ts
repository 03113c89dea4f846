import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { locateOwn, readMemory } from '@leak-lab/cgroup-memory';
import { residentReader } from '../../memory-limit/resident-memory.ts';
import { identify } from '../../state/process-identity.ts';
import { type MemoryReader, NoReading, type Reading } from '../memory-reader.ts';
import { refused } from '../refused.ts';

/**
 * Reads a process of this machine from outside: its resident memory and, where this user may see them, its open sockets.
 * Throws a `LabError` where there is no such process, or none that this user may read.
 */
export async function processReader(pid: number): Promise<MemoryReader> {
  const identity = identify(pid);
  if (identity === undefined) throw noProcess(pid);
  const residentOf = residentReader();
  if ((await residentOf(pid)) === undefined) throw notPermitted(pid);
  const limit = limitOf(pid);
  return {
    source: `process ${pid}${nameOf(pid)}: its resident memory, as this machine tells it`,
    patience_seconds: 0,
    async read(): Promise<Reading> {
      const resident_bytes = await residentOf(pid);
      const now = identify(pid);
      if (resident_bytes === undefined || now?.started !== identity.started) {
        throw new NoReading(`process ${pid} is gone`, { gone: true });
      }
      return {
        process: `${pid}, started ${identity.started}`,
        resident_bytes,
        open_sockets: socketsOf(pid),
        ...limit,
      };
    },
  };
}

/** The limit of the cgroup it is in; not what is in use there, since others may be in it too. */
function limitOf(pid: number): Pick<Reading, 'limit_bytes'> {
  try {
    const cgroup = locateOwn(pid);
    const limit_bytes = cgroup && readMemory(cgroup).limit_bytes;
    return limit_bytes === undefined ? {} : { limit_bytes };
  } catch {
    return {};
  }
}

/** The sockets a process has open (man 5 proc_pid_fd); `null` where this user may not see them. */
function socketsOf(pid: number): number | null {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).filter((descriptor) => isSocket(`${folder}/${descriptor}`)).length;
  } catch {
    return null;
  }
}

function isSocket(file: string): boolean {
  try {
    return readlinkSync(file).startsWith('socket:');
  } catch {
    return false;
  }
}

function nameOf(pid: number): string {
  try {
    return ` (${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

const noProcess = (pid: number) =>
  refused({
    problem: `There is no process ${pid}.`,
    expected: 'the id of a process that runs on this machine',
    came: `--pid ${pid}`,
    advice: 'ps aux shows the processes; in a container it is --container NAME',
  });

const notPermitted = (pid: number) =>
  refused({
    problem: `The memory of process ${pid} cannot be read.`,
    expected: 'a process with memory of its own that this user may look at',
    came: `nothing in /proc/${pid}/status tells it`,
    advice: 'run it as the user that runs the process, or read its metrics: --metrics URL',
  });
