import { constants } from 'node:os';
import { formatMegabytes } from '../text/bytes.ts';

export type EndedBy =
  | 'kernel-oom-kill'
  | 'v8-heap-limit'
  | 'watchdog'
  | 'memory-kill-presumed'
  | 'signal'
  | 'exit'
  | 'exhausted';

/** What is known when a process has ended. */
export interface Remains {
  readonly exit_code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** How many processes of its cgroup the kernel killed in its life; `undefined` where nothing counts. */
  readonly oom_kills: number | undefined;
  readonly watchdog_fired: boolean;
  readonly last_memory_bytes: number | undefined;
  readonly memory_limit_bytes: number | undefined;
  /** The end of what it wrote to its log. */
  readonly last_words: string;
}

export interface Cause {
  readonly ended_by: EndedBy;
  readonly evidence: string;
}

/** The service ends with it where it can open no connection any more. */
const exhaustedExitCode = 71;

/** A reading this near to the limit explains a SIGKILL that nothing else explains. */
const near = 0.9;

/** Says what ended a process, and how that is known. The surest evidence goes first. */
export function causeOfDeath(remains: Remains): Cause {
  const {
    signal,
    exit_code,
    oom_kills,
    watchdog_fired,
    last_memory_bytes: last,
    memory_limit_bytes: limit,
  } = remains;
  if (watchdog_fired) {
    return { ended_by: 'watchdog', evidence: 'the lab itself sent SIGKILL when the memory passed the limit' };
  }
  const killed = signal === 'SIGKILL' || exit_code === 137;
  if (killed && oom_kills !== undefined && oom_kills > 0) {
    return { ended_by: 'kernel-oom-kill', evidence: `the cgroup's oom_kill counter rose by ${oom_kills}` };
  }
  const fatal = /^.*(FATAL ERROR: .*(?:heap|memory).*)$/im.exec(remains.last_words)?.[1];
  if (!killed && fatal !== undefined) {
    return { ended_by: 'v8-heap-limit', evidence: `V8 wrote: ${fatal.trim().slice(0, 120)}` };
  }
  if (killed && last !== undefined && limit !== undefined && last > near * limit) {
    const reading = `${formatMegabytes(last)} of ${formatMegabytes(limit)}`;
    return {
      ended_by: 'memory-kill-presumed',
      evidence: `SIGKILL at a last reading of ${reading}; no counter tells more`,
    };
  }
  if (signal !== null) return { ended_by: 'signal', evidence: `${signal} from outside the lab` };
  const said = /^[a-z-]+: (No (?:file descriptors|local ports|memory for sockets) left.*)$/m.exec(
    remains.last_words,
  )?.[1];
  if (exit_code === exhaustedExitCode && said !== undefined) {
    return { ended_by: 'exhausted', evidence: `it said so: ${said}` };
  }
  const lastSaid = remains.last_words
    .match(/^leaky-service: .+$/gm)
    ?.at(-1)
    ?.slice('leaky-service: '.length);
  const words = lastSaid === undefined ? '' : `: ${lastSaid}`;
  return { ended_by: 'exit', evidence: `it ended by itself with exit code ${exit_code}${words}` };
}

/** The status a shell or Docker shows: the exit code, or 128 and the signal's number. */
export function exitStatus(exit_code: number | null, signal: NodeJS.Signals | null): number {
  return exit_code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

const words: Readonly<Record<EndedBy, string>> = {
  'kernel-oom-kill': 'killed by the kernel for want of memory',
  'v8-heap-limit': 'ended by V8: its heap limit was reached',
  watchdog: 'killed by the watchdog for want of memory',
  'memory-kill-presumed': 'killed, most likely for want of memory',
  signal: 'ended by a signal',
  exit: 'ended by itself',
  exhausted: 'ended by itself, as no connection could be opened any more',
};

/** The cause in a person's words. */
export function causeInWords(ended_by: EndedBy): string {
  return words[ended_by];
}
