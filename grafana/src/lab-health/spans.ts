import { BytesIEC, CountsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import { meaning } from '../palette.ts';
import { type PanelSource, timeSeries } from '../panels.ts';

/** A build of the OpenTelemetry Collector, and how it ends the names of its metrics. */
export interface Build {
  readonly job: string;
  readonly counters: '' | '_total';
  readonly memory: '' | '_bytes';
}

const rate = (metric: string, { job, counters }: Build): string =>
  `sum(rate(${metric}${counters}{job="${job}"}[$window]))`;

/** Counters that are there from the first loss on: before it, nothing was lost. */
const orNone = (expr: string): string => `(${expr} or vector(0))`;

/** How spans that come and spans that go are drawn, so that they can be laid side by side. */
const spansASecond = { unit: CountsPerSecond, width: 8, height: 8, min: 0 } as const;

/** Spans that came in. */
export function spansIn(build: Build, teaches: string): PanelSource {
  return timeSeries({
    title: 'Spans in',
    teaches,
    ...spansASecond,
    series: [
      { expr: rate('otelcol_receiver_accepted_spans', build), legend: 'accepted', colour: meaning.good },
      { expr: rate('otelcol_receiver_refused_spans', build), legend: 'refused', colour: meaning.bad },
    ],
  });
}

/** What became of them. */
export function spansOut(build: Build, teaches: string): PanelSource {
  return timeSeries({
    title: 'Spans out',
    teaches,
    ...spansASecond,
    series: [
      { expr: rate('otelcol_exporter_sent_spans', build), legend: 'sent', colour: meaning.good },
      {
        expr: [
          orNone(rate('otelcol_exporter_send_failed_spans', build)),
          orNone(rate('otelcol_exporter_enqueue_failed_spans', build)),
        ].join(' + '),
        legend: 'lost',
        colour: meaning.bad,
      },
    ],
  });
}

export function queue(build: Build, teaches: string): PanelSource {
  return timeSeries({
    title: 'Queue',
    teaches,
    unit: Short,
    width: 8,
    height: 8,
    min: 0,
    series: [
      {
        expr: `sum(otelcol_exporter_queue_capacity{job="${build.job}"})`,
        legend: 'room for',
        colour: meaning.limit,
        dashed: true,
      },
      {
        expr: `sum(otelcol_exporter_queue_size{job="${build.job}"})`,
        legend: 'waiting',
        colour: meaning.use,
      },
    ],
  });
}

export function memoryOf(build: Build, teaches: string): PanelSource {
  return timeSeries({
    title: 'Memory',
    teaches,
    unit: BytesIEC,
    width: 8,
    height: 8,
    min: 0,
    series: [
      {
        expr: `otelcol_process_memory_rss${build.memory}{job="${build.job}"}`,
        legend: 'resident memory',
        colour: meaning.resident,
      },
      {
        expr: `otelcol_process_runtime_heap_alloc_bytes{job="${build.job}"}`,
        legend: 'heap',
        colour: meaning.afterGc,
      },
    ],
  });
}
