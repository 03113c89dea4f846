import type { Row } from '../dashboard.ts';
import { memoryOf, spansIn } from './spans.ts';

const job = 'jaeger';

/** Where traces are kept, in memory, the oldest dropped first. */
export const jaegerRow: Row = {
  title: 'Jaeger',
  panels: [
    spansIn(
      job,
      'Spans that Jaeger took from the collector. It should be the collector’s “sent” line; flat at 0 under load, traces are missing.',
    ),
    memoryOf(
      job,
      'What Jaeger holds. It climbs until its number of traces is reached, and then stays: a warm cache, and a good example of a climb that is no leak.',
    ),
  ],
};
