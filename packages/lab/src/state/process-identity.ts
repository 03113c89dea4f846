import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own terms; only ever compared. */
  readonly started: string;
}

/** The identity of a process that runs now, or `undefined` where none has this number. */
export function identify(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessIdentity | undefined {
  const started = platform === 'linux' ? startedOnLinux(pid) : startedByTool(pid, platform);
  return started === undefined || started === '' ? undefined : { pid, started };
}

/** Whether this very process still runs. A zombie does not. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** Field 22 of `/proc/<pid>/stat`, ticks since boot (man 5 proc_pid_stat). */
function startedOnLinux(pid: number): string | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The start time in a line of `/proc/<pid>/stat`; `undefined` for a process that is dead already. */
export function parseStat(stat: string): string | undefined {
  // The name, field 2, may itself hold spaces and brackets: count from its last bracket.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(state) ? undefined : fields[18];
}

function startedByTool(pid: number, platform: NodeJS.Platform): string | undefined {
  const [tool, args] =
    platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
  try {
    return execFileSync(tool as string, args as string[], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
