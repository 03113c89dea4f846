import type { DeathSummary, EndedBy } from '../api/contract.ts';

const words: Readonly<Record<EndedBy, string>> = {
  'kernel-oom-kill': 'was killed by the kernel for want of memory',
  'v8-heap-limit': 'was ended by V8: its heap limit was reached',
  watchdog: 'was killed by the watchdog for want of memory',
  'memory-kill-presumed': 'was killed, most likely for want of memory',
  signal: 'was ended by a signal',
  exit: 'ended by itself',
  exhausted: 'ended by itself, as no connection could be opened any more',
  unknown: 'ended, and nobody knows how',
};

/** A death in a person's words. */
export function inWords({
  pid,
  ended_by,
  signal,
}: Pick<DeathSummary, 'pid' | 'ended_by' | 'signal'>): string {
  return `Process ${pid} ${words[ended_by]}${signal === null ? '' : ` (${signal})`}`;
}
