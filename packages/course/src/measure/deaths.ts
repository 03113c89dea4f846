import type { Evidence, RecordedDeath } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { samplesBetween } from './requests.ts';

const kernel = new Set(['kernel-oom-kill', 'memory-kill-presumed', 'watchdog']);
/** Ends at a limit of memory, the kernel's or V8's own. */
export const endedByMemory: ReadonlySet<string> = new Set([...kernel, 'v8-heap-limit']);
/** As shells and Docker tell the end by a signal. */
const signalBase = 128;
const signals: Readonly<Record<string, number>> = {
  SIGABRT: 6,
  SIGTRAP: 5,
  SIGSEGV: 11,
  SIGKILL: 9,
  SIGTERM: 15,
};
const dangerous = 0.8;

type Way = 'kernel' | 'v8';

const byWay = ({ deaths }: Evidence, way: Way): RecordedDeath | undefined =>
  deaths.findLast(({ ended_by }) => (way === 'kernel' ? kernel.has(ended_by) : ended_by === 'v8-heap-limit'));

/** Where nobody told (on Docker), a kill by the limit is by SIGKILL all the same, and V8 ends a process by SIGABRT. */
const codeOf = ({ exit_status, signal, ended_by }: RecordedDeath): number =>
  exit_status ??
  signalBase + (signals[signal ?? (ended_by === 'v8-heap-limit' ? 'SIGABRT' : 'SIGKILL')] ?? 0);

/** Whether the service died that way since the lab began. */
export function diedBy(evidence: Evidence, way: Way): Sight {
  const death = byWay(evidence, way);
  if (death === undefined) {
    const others = evidence.deaths.length;
    return { seen: false, saw: others === 0 ? 'no death' : `${others} deaths, none of them this way` };
  }
  return {
    seen: true,
    saw: `the process ${death.pid} died after ${Math.round(death.uptime_seconds ?? 0)} s`,
  };
}

/** Who ended a process at its limit of memory: the kernel, or what watches in its stead where the machine has no such limit. */
export function endedByTruth(
  evidence: Evidence,
  words: { readonly kernel: string; readonly watchdog: string },
): Truth {
  const death = byWay(evidence, 'kernel');
  if (death === undefined) return { kind: 'unknown', waits_for: 'a death by the limit of memory' };
  return { kind: 'words', accepted: [death.ended_by === 'watchdog' ? words.watchdog : words.kernel] };
}

/** With which code a process that died so ended. */
export function exitCodeTruth(evidence: Evidence, way: Way): Truth {
  const death = byWay(evidence, way);
  const code = death && codeOf(death);
  return code === undefined
    ? { kind: 'unknown', waits_for: 'a death of that kind' }
    : { kind: 'number', values: [code], tolerance: 0 };
}

/** From when memory passed four fifths of its limit to the death by the kernel: the seconds there were to do something. */
export function warningTruth(evidence: Evidence): Truth {
  const { limit_bytes } = evidence;
  const deaths = evidence.deaths.filter(({ ended_by }) => kernel.has(ended_by));
  const values = deaths.flatMap(({ time_ms, uptime_seconds }) => {
    const life = samplesBetween(evidence, time_ms - (uptime_seconds ?? 0) * 1000, time_ms);
    const passed = life.findLastIndex(
      ({ used_bytes }) => (used_bytes ?? 0) < dangerous * (limit_bytes ?? Infinity),
    );
    const after = life[passed + 1];
    return after === undefined ? [] : [time_ms / 1000 - after.time_seconds];
  });
  return values.length === 0
    ? { kind: 'unknown', waits_for: 'a death by the limit of memory' }
    : { kind: 'number', values: values.map((value) => Math.max(1, value)), tolerance: 0.35 };
}

/** What there was to look at after the last death by the limit: a report, where it left one, and the record outside of it. */
export function survivedTruth(
  evidence: Evidence,
  words: { readonly report: string; readonly record: string },
): Truth {
  const death = byWay(evidence, 'kernel');
  if (death === undefined) return { kind: 'unknown', waits_for: 'a death by the limit of memory' };
  return { kind: 'words', accepted: death.left_report ? [words.report, words.record] : [words.record] };
}
