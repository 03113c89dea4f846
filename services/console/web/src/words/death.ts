import type { DeathSummary, EndedBy } from '../../../src/api/contract.ts';

const causes: Readonly<Record<EndedBy, string>> = {
  'v8-heap-limit': 'V8 gave up: its heap reached its own limit',
  'kernel-oom-kill': 'Killed by the kernel for want of memory',
  watchdog: 'Killed by the watchdog at the memory limit',
  'memory-kill-presumed': 'Probably killed for want of memory',
  signal: 'Ended by a signal',
  exit: 'Ended by itself',
  exhausted: 'Ended by itself, as no connection could be opened any more',
  unknown: 'Ended; nobody knows how',
};

/** What ended a process, in a few words. */
export function causeOf({ ended_by, signal, exit_status }: DeathSummary): string {
  if (ended_by === 'signal' && signal !== null) return `Ended by ${signal}`;
  if (ended_by === 'exit' && exit_status !== null) return `Ended by itself, with ${exit_status}`;
  return causes[ended_by] ?? ended_by;
}

/** Exit code and signal as a shell tells them: "137, SIGKILL"; `null` where neither is known. */
export function exitOf({ exit_status, signal }: DeathSummary): string | null {
  const known = [exit_status, signal].filter((word) => word !== null);
  return known.length === 0 ? null : known.join(', ');
}
