import { setTimeout as pause } from 'node:timers/promises';
import { figure, figures } from '../../test/course/labs/support/figures.ts';
import { recorded } from '../../test/course/labs/support/recorded.ts';
import type { Solution } from '../../test/course/labs/support/solution.ts';

const MB = 1024 ** 2;
const leastGrowth_bytes = 100;
/** After so many a start is over. */
const warm_requests = 2_000;
const leastBetween = 3_000;

/** One of the text's readings. */
const reading = [
  'curl -s -X POST localhost:8080/admin/gc >/dev/null',
  `curl -s localhost:8080/admin/sample | grep -oE '"(heap_used_after_gc_bytes|total)":[0-9]+'`,
].join('\n');

/** What is held more, bytes, from the first reading of a warm service to the last, and the requests between. */
function sinceWarm(screen: string): { readonly held: number; readonly requests: number } {
  const [held, requests] = [figures(screen, 'heap_used_after_gc_bytes'), figures(screen, 'total')];
  const first = requests.findIndex((count) => count >= warm_requests);
  if (first === -1) return { held: 0, requests: 0 };
  const more = (readings: readonly number[]) => (readings.at(-1) ?? 0) - (readings[first] ?? 0);
  return { held: more(held), requests: more(requests) };
}

export const solution: Solution = {
  answers: {
    resident: ({ screen }) => `${figure(screen, 'rss_mb', -1).toFixed(0)} MB`,
    heap_after_gc: ({ screen }) => figure(screen, 'heap_used_after_gc_bytes', -1).toFixed(0),
    grows: async (learner) => {
      let { screen } = learner;
      while (sinceWarm(screen).requests < leastBetween) {
        await pause(6_000);
        screen += await learner.run(reading);
      }
      const { held, requests } = sinceWarm(screen);
      return held / requests >= leastGrowth_bytes ? 'yes' : 'no';
    },
  },
  others: {
    // The highest and the lowest of the readings, since memory is never one number.
    resident: ({ screen }) => {
      const readings = figures(screen, 'rss_mb');
      return `${((Math.max(...readings) + Math.min(...readings)) / 2).toFixed(1)}MB`;
    },
    heap_after_gc: async (learner) => {
      const { lowest } = await recorded(learner);
      return `${(lowest('heap_after_gc_bytes') / MB).toFixed(1)} MiB`.replace('.', ',');
    },
  },
};
