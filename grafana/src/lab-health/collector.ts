import { CountsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { palette } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { type Build, memoryOf, queue, spansIn, spansOut } from './spans.ts';

const build: Build = { job: 'otel-collector', counters: '', memory: '' };

/** What the service tells of its requests, on its way to Jaeger. */
export const collector: Row = {
  title: 'Collector',
  panels: [
    spansIn(
      build,
      'Spans that the collector took from the service, and those it refused since its queue or its memory was full. One request is one span, and one more for each call to the upstream.',
    ),
    spansOut(
      build,
      'Spans handed on to Jaeger, and those lost for good: their waiting time was over, or the queue was full. In and out should be one line (with tail sampling on, out is the lower). Where out is 0 and in is not, Jaeger is gone and the queue fills.',
    ),
    queue(
      build,
      'Spans that wait for Jaeger, and room for them. Nearly empty in health. It fills while Jaeger is away; at the dashed line what comes next is lost.',
    ),
    memoryOf(
      build,
      'What the collector holds. It may grow with the queue, and must come back when Jaeger has taken it.',
    ),
    timeSeries({
      title: 'Spans by route',
      teaches:
        'Requests as the collector counts them from their spans, by route: the same as the service’s own count, or spans get lost on the way. It counts before tail sampling drops any. A route without a name is all that no route wanted.',
      unit: CountsPerSecond,
      width: 16,
      height: 8,
      min: 0,
      series: [
        {
          expr: 'sum by (http_route) (rate(traces_span_metrics_calls_total{job="span-metrics",span_kind="SPAN_KIND_SERVER"}[$window])) > 0',
          legend: '{{http_route}}',
          colours: { '/api/data': palette.blue },
        },
      ],
    }),
  ],
};
