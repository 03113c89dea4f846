import { BytesIEC, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { stateTimeline } from '../glances.ts';
import { meaning, palette } from '../palette.ts';
import { timeSeries } from '../panels.ts';

const byJob = {
  'leaky-service': palette.sky,
  'otel-collector': palette.orange,
  'span-metrics': palette.blue,
  jaeger: palette.green,
  prometheus: palette.purple,
} as const;

/** Do the metrics arrive, and in time? */
export const scrapes: Row = {
  title: 'Scrapes',
  panels: [
    stateTimeline({
      title: 'Who answers',
      teaches:
        'Whether each part gave its metrics when it was asked. The service may die, and is meant to; all others should be green throughout.',
      unit: Short,
      width: 24,
      height: 6,
      series: [{ expr: 'up{instance=~"$instance"}', legend: '{{job}}' }],
      states: [
        { value: 0, word: 'no answer', colour: meaning.bad },
        { value: 1, word: 'answers', colour: meaning.good },
      ],
    }),
    timeSeries({
      title: 'How long a scrape takes',
      teaches:
        'Time until the metrics were there. At two seconds (dashed) a scrape of the service is given up: then a sample is missing, at a long collection of garbage for one.',
      unit: Seconds,
      width: 8,
      height: 8,
      min: 0,
      series: [{ expr: 'scrape_duration_seconds{instance=~"$instance"}', legend: '{{job}}', colours: byJob }],
      marks: [
        { from: null, colour: 'transparent' },
        { from: 2, colour: meaning.bad },
      ],
    }),
    timeSeries({
      title: 'Time between scrapes',
      teaches:
        'What lies between two scrapes, for one in a hundred: 2 s for the service, 5 s for the rest. More, and the machine is too busy to measure well: slopes get rough.',
      unit: Seconds,
      width: 8,
      height: 8,
      min: 0,
      series: [
        {
          expr: 'prometheus_target_interval_length_seconds{quantile="0.99"}',
          legend: 'meant to be {{interval}}',
          colours: { 'meant to be 2s': palette.sky, 'meant to be 5s': palette.orange },
        },
      ],
    }),
    timeSeries({
      title: 'Samples in a scrape',
      teaches:
        'How many numbers each part gives. It should be level: one that grows has a label with values without end, and fills Prometheus. A scanner that tries ten thousand paths must not move it.',
      unit: Short,
      width: 8,
      height: 8,
      min: 0,
      series: [{ expr: 'scrape_samples_scraped{instance=~"$instance"}', legend: '{{job}}', colours: byJob }],
    }),
    timeSeries({
      title: 'Routes with a series of their own',
      teaches:
        'How many routes the service counts requests for. Bounded by the routes it has: all that is unknown is one, “unmatched”.',
      unit: Short,
      width: 6,
      height: 8,
      min: 0,
      series: [
        {
          expr: 'count(count by (route) (http_requests_total))',
          legend: 'routes',
          colour: meaning.requests,
        },
      ],
    }),
    timeSeries({
      title: 'What Prometheus keeps',
      teaches:
        'Series in memory (left) and bytes on disk (right). Bytes are bounded by size and by a day; a series count that climbs all the time is a label without end.',
      unit: Short,
      width: 6,
      height: 8,
      min: 0,
      series: [
        { expr: 'prometheus_tsdb_head_series', legend: 'series', colour: meaning.requests },
        {
          expr: 'prometheus_tsdb_wal_storage_size_bytes + prometheus_tsdb_storage_blocks_bytes',
          legend: 'on disk',
          colour: meaning.resident,
          right: { unit: BytesIEC, label: 'on disk' },
        },
      ],
    }),
    timeSeries({
      title: 'Time the rules take',
      teaches:
        'How long each group of rules took when it was last evaluated. It must stay far below the one or two seconds between evaluations, or alerts come late.',
      unit: Seconds,
      width: 6,
      height: 8,
      min: 0,
      series: [
        {
          expr: 'label_replace(prometheus_rule_group_last_duration_seconds, "group", "$1", "rule_group", ".*;(.*)")',
          legend: '{{group}}',
          colours: { memory: palette.purple, alerts: palette.orange, dashboard: palette.sky },
        },
      ],
    }),
    timeSeries({
      title: 'Names wanted twice',
      teaches:
        'Metrics of the service that are missing since another one has their name: 0 in health. It goes on without them, and a panel that draws one shows the other.',
      unit: Short,
      width: 6,
      height: 8,
      min: 0,
      series: [{ expr: 'metric_name_clashes', legend: 'missing', colour: meaning.bad }],
    }),
  ],
};
