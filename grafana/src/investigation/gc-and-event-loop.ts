import { CountsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { meaning, palette } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService, quantile, rateOf } from '../queries.ts';

const byKind = {
  major: palette.purple,
  minor: palette.sky,
  incremental: palette.green,
  weakcb: palette.grey,
} as const;

/** What the collector pays for a heap that fills, and what requests feel of it. */
export const gcAndEventLoop: Row = {
  title: 'GC and event loop',
  panels: [
    timeSeries({
      title: 'Time spent collecting',
      teaches:
        'Share of the time in which the program stood still for a collection. As a leak nears the limit, major collections come more often and free less: this line bends upwards before the death. Many minor ones with a level memory are allocation pressure, no leak.',
      unit: PercentUnit,
      width: 6,
      height: 8,
      min: 0,
      series: [
        {
          expr: `sum by (kind) (${rateOf(ofService('nodejs_gc_duration_seconds_sum'))})`,
          legend: '{{kind}}',
          colours: byKind,
        },
      ],
    }),
    timeSeries({
      title: 'The longest pauses',
      teaches:
        'One collection in a hundred took at least this long. A major one has to look at everything that is alive, so its pause grows with a leak. Buckets are coarse: read the size of it, not the third digit.',
      unit: Seconds,
      width: 6,
      height: 8,
      min: 0,
      series: [
        {
          expr: quantile(0.99, ofService('nodejs_gc_duration_seconds_bucket'), ['kind']),
          legend: '{{kind}}',
          colours: byKind,
        },
      ],
    }),
    timeSeries({
      title: 'Lateness of the event loop',
      teaches:
        'How late a timer fires: everything that waits its turn waits this long. Around 10 ms is the measuring itself. Long collections, and features that walk through all that they hold, push it up.',
      unit: Seconds,
      width: 6,
      height: 8,
      min: 0,
      series: [
        { expr: ofService('nodejs_eventloop_lag_max_seconds'), legend: 'longest', colour: meaning.bad },
        { expr: ofService('nodejs_eventloop_lag_p99_seconds'), legend: 'p99', colour: meaning.careful },
        { expr: ofService('nodejs_eventloop_lag_p50_seconds'), legend: 'p50', colour: meaning.use },
      ],
    }),
    timeSeries({
      title: 'Processor and collections',
      teaches:
        'Share of one core that the process uses (left), and collections in a second (right). Both rise with the load; where they rise under the same load, the collector works harder for less.',
      unit: PercentUnit,
      width: 6,
      height: 8,
      min: 0,
      series: [
        {
          expr: rateOf(ofService('process_cpu_seconds_total')),
          legend: 'processor',
          colour: meaning.requests,
        },
        {
          expr: `sum(${rateOf(ofService('nodejs_gc_duration_seconds_count'))})`,
          legend: 'collections a second',
          colour: meaning.afterGc,
          right: { unit: CountsPerSecond, label: 'collections' },
        },
      ],
    }),
  ],
};
