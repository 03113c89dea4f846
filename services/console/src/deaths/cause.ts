import type { DeathSummary } from '../api/contract.ts';
import type { EndingNote } from './endings.ts';
import type { Report } from './reports.ts';
import type { ToldDeath } from './told-deaths.ts';

/** What is known when a life is over. */
export interface Remains {
  readonly told: ToldDeath | undefined;
  /** What it left itself, where it could not go on. */
  readonly note: EndingNote | undefined;
  readonly report: Report | null;
  readonly last_usage_bytes: number | null;
  readonly limit_bytes: number | null;
  readonly enforced_by: 'kernel' | 'watchdog';
  /** Growth in the last minute, and how long after the last reading it ended. */
  readonly bytes_per_second: number;
  readonly seconds_after_last_reading: number;
  /** Whether the console was away when it ended. */
  readonly unwatched: boolean;
}

export type Cause = Pick<DeathSummary, 'ended_by' | 'known_by' | 'inferred' | 'exit_status' | 'signal'>;

/** The service ends with it where it can open no connection any more. */
const exhaustedExitCode = 71;
/** So near to the limit, memory explains an end that nothing else explains. */
const near = 0.9;
/** Growth is not followed further than this beyond the last reading. */
const furthest_seconds = 5;

/** Says what ended a life, and how that is known. The surest evidence goes first. */
export function causeOf(remains: Remains): Cause {
  const { told, note, report } = remains;
  if (told !== undefined) {
    const { ended_by, evidence, exit_status, signal } = told;
    return { ended_by, known_by: `the supervisor saw it: ${evidence}`, inferred: false, exit_status, signal };
  }
  if (note !== undefined && note.exit_code !== 0) {
    const { reason, exit_code: exit_status } = note;
    return {
      ended_by: exit_status === exhaustedExitCode ? 'exhausted' : 'exit',
      known_by: `it said so: ${reason}`,
      inferred: false,
      exit_status,
      signal: null,
    };
  }
  const nobodyTold = { inferred: true, exit_status: null, signal: null };
  if (report !== null) {
    const known_by = `inferred: V8 left a diagnostic report (${report.trigger}), so it ended the process itself`;
    return { ...nobodyTold, ended_by: 'v8-heap-limit', known_by };
  }
  const atLimit = memoryAtTheEnd(remains);
  if (atLimit !== undefined) {
    const by = remains.enforced_by === 'kernel' ? 'the kernel' : 'the watchdog';
    return {
      ...nobodyTold,
      ended_by: 'memory-kill-presumed',
      known_by: `inferred: V8 left no report, and memory was at ${atLimit}, so ${by} most likely killed it`,
    };
  }
  const reading = readingOf(remains);
  const unwatched = remains.unwatched ? ', and the console was away when it ended' : '';
  return {
    ...nobodyTold,
    ended_by: 'unknown',
    known_by: `inferred: V8 left no report and memory was not at the limit${reading}${unwatched}; a stop or a kill from outside looks like this`,
  };
}

const inMegabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

function readingOf({ last_usage_bytes: last, limit_bytes: limit }: Remains): string {
  if (last === null || limit === null) return '';
  return ` (${inMegabytes(last)} of ${inMegabytes(limit)} at the last reading)`;
}

/** Memory near the limit, in words, or `undefined`: as read, or where its growth had brought it by the end. */
function memoryAtTheEnd(remains: Remains): string | undefined {
  const {
    last_usage_bytes: last,
    limit_bytes: limit,
    bytes_per_second,
    seconds_after_last_reading,
  } = remains;
  if (last === null || limit === null) return undefined;
  const words = `${inMegabytes(last)} of ${inMegabytes(limit)} at the last reading`;
  if (last >= near * limit) return words;
  const seconds = Math.min(furthest_seconds, Math.max(0, seconds_after_last_reading));
  const then = last + Math.max(0, bytes_per_second) * seconds;
  if (then < limit) return undefined;
  return `${words}, growing by ${inMegabytes(bytes_per_second)} a second`;
}
