import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Blindness } from '../incidents/blindness.ts';

interface Figures {
  readonly limit_bytes: number | null;
  readonly usage_bytes: number;
  readonly estimated_cost_bytes: number;
}

const step_mb = 100;

/** What to do now where a snapshot does not fit: the cheapest first. */
export function adviceFor(
  { limit_bytes, usage_bytes, estimated_cost_bytes }: Figures,
  enforced_by: 'kernel' | 'watchdog' | undefined,
  blind: Blindness,
): string[] {
  const needed_mb = Math.ceil((usage_bytes + estimated_cost_bytes) / 2 ** 20 / step_mb + 1) * step_mb;
  const isContainer = existsSync('/.dockerenv');
  return [
    'Take the first snapshot early: right after a start, and one a few hundred requests later.',
    `${wayToLess(blind)}, and repeat what you did with less load.`,
    isContainer
      ? `On the host: docker update --memory ${needed_mb}m --memory-swap ${needed_mb}m ${hostname()} (it stays so until the container is made anew).`
      : `From the console: it raises the limit of ${enforced_by === 'watchdog' ? "the lab's watchdog" : "the lab's cgroup"} for the capture (to ${needed_mb} MB or more).`,
    `?force=true takes it all the same: ${Math.round((usage_bytes + estimated_cost_bytes) / 2 ** 20)} MB would be needed and the limit is ${Math.round((limit_bytes ?? 0) / 2 ** 20)} MB, so the process will probably be killed meanwhile.`,
  ];
}

/** How memory is brought down. */
function wayToLess(blind: Blindness): string {
  if (blind.inIncident) return 'Start the service again: the incident goes on in it';
  return blind.now() ? 'POST /admin/reset' : 'POST /admin/leaks/clear {"leak_type": "all"}';
}
