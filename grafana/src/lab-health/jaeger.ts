import type { Row } from '../dashboard.ts';
import { type Build, memoryOf, spansIn, spansOut } from './spans.ts';

const build: Build = { job: 'jaeger', counters: '_total', memory: '_bytes' };

/** Where traces are kept, in memory, the oldest dropped first. */
export const jaegerRow: Row = {
  title: 'Jaeger',
  panels: [
    spansIn(
      build,
      'Spans that Jaeger took from the collector. It should be the collector’s “sent” line; flat at 0 under load, traces are missing.',
    ),
    spansOut(
      build,
      'Spans that Jaeger put into its store, and those it could not. A trace that you look for and do not find was dropped as one of the oldest, or is counted as lost here.',
    ),
    memoryOf(
      build,
      'What Jaeger holds. It climbs until its number of traces is reached, and then stays: a warm cache, and a good example of a climb that is no leak.',
    ),
  ],
};
