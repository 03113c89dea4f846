import { BytesIEC, CountsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import { meaning } from '../palette.ts';
import { type PanelSource, timeSeries } from '../panels.ts';

const rate = (metric: string, job: string): string => `sum(rate(${metric}{job="${job}"}[$window]))`;

/** Counters that are there from the first loss on: before it, nothing was lost. */
const orNone = (expr: string): string => `(${expr} or vector(0))`;

/** Spans that came into a build of the OpenTelemetry Collector, and what became of them. */
export function spansIn(job: string, teaches: string): PanelSource {
  return timeSeries({
    title: 'Spans in',
    teaches,
    unit: CountsPerSecond,
    width: 8,
    height: 8,
    min: 0,
    series: [
      { expr: rate('otelcol_receiver_accepted_spans', job), legend: 'accepted', colour: meaning.good },
      { expr: rate('otelcol_receiver_refused_spans', job), legend: 'refused', colour: meaning.bad },
    ],
  });
}

export function spansOut(job: string, teaches: string): PanelSource {
  return timeSeries({
    title: 'Spans out',
    teaches,
    unit: CountsPerSecond,
    width: 8,
    height: 8,
    min: 0,
    series: [
      { expr: rate('otelcol_exporter_sent_spans', job), legend: 'sent', colour: meaning.good },
      {
        expr: [
          orNone(rate('otelcol_exporter_send_failed_spans', job)),
          orNone(rate('otelcol_exporter_enqueue_failed_spans', job)),
        ].join(' + '),
        legend: 'lost',
        colour: meaning.bad,
      },
    ],
  });
}

export function queue(job: string, teaches: string): PanelSource {
  return timeSeries({
    title: 'Queue',
    teaches,
    unit: Short,
    width: 8,
    height: 8,
    min: 0,
    series: [
      {
        expr: `sum(otelcol_exporter_queue_capacity{job="${job}"})`,
        legend: 'room for',
        colour: meaning.limit,
        dashed: true,
      },
      { expr: `sum(otelcol_exporter_queue_size{job="${job}"})`, legend: 'waiting', colour: meaning.use },
    ],
  });
}

export function memoryOf(job: string, teaches: string): PanelSource {
  return timeSeries({
    title: 'Memory',
    teaches,
    unit: BytesIEC,
    width: 8,
    height: 8,
    min: 0,
    series: [
      {
        expr: `otelcol_process_memory_rss{job="${job}"}`,
        legend: 'resident memory',
        colour: meaning.resident,
      },
      {
        expr: `otelcol_process_runtime_heap_alloc_bytes{job="${job}"}`,
        legend: 'heap',
        colour: meaning.afterGc,
      },
    ],
  });
}
