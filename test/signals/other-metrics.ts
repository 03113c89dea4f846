import type { Metric } from './signal.ts';

type Told = Pick<Metric, 'name' | 'type' | 'says'> & Partial<Pick<Metric, 'when' | 'labels'>>;

const from = (part: Metric['part'], job: string, told: readonly Told[]): Metric[] =>
  told.map((one) => ({ when: 'always', labels: [], part, job, ...one }));

/** What a build of the OpenTelemetry Collector tells of the spans that pass it. */
function spans(part: 'otel-collector' | 'jaeger', counters: '' | '_total', memory: '' | '_bytes'): Metric[] {
  return from(part, part, [
    {
      name: `otelcol_receiver_accepted_spans${counters}`,
      type: 'counter',
      says: 'spans taken',
      when: 'after requests',
    },
    {
      name: `otelcol_receiver_refused_spans${counters}`,
      type: 'counter',
      says: 'spans refused',
      when: 'after requests',
    },
    {
      name: `otelcol_exporter_sent_spans${counters}`,
      type: 'counter',
      says: 'spans handed on',
      when: 'after requests',
    },
    {
      name: `otelcol_exporter_send_failed_spans${counters}`,
      type: 'counter',
      says: 'spans lost: nobody took them in time',
      when: 'after a loss',
    },
    {
      name: `otelcol_exporter_enqueue_failed_spans${counters}`,
      type: 'counter',
      says: 'spans lost: the queue was full',
      when: 'after a loss',
    },
    { name: `otelcol_process_memory_rss${memory}`, type: 'gauge', says: 'resident memory' },
    { name: 'otelcol_process_runtime_heap_alloc_bytes', type: 'gauge', says: 'its heap' },
  ]);
}

const collector: readonly Metric[] = [
  ...spans('otel-collector', '', ''),
  ...from('otel-collector', 'otel-collector', [
    { name: 'otelcol_exporter_queue_size', type: 'gauge', says: 'spans that wait for Jaeger' },
    { name: 'otelcol_exporter_queue_capacity', type: 'gauge', says: 'how many may wait' },
  ]),
  ...from('otel-collector', 'span-metrics', [
    {
      name: 'traces_span_metrics_calls_total',
      type: 'counter',
      says: 'spans by route, counted before any is dropped',
      when: 'after requests',
      labels: ['span_kind', 'http_route', 'service_name', 'status_code'],
    },
    {
      name: 'traces_span_metrics_duration_seconds',
      type: 'histogram',
      says: 'how long they took',
      when: 'after requests',
      labels: ['span_kind', 'http_route', 'service_name', 'status_code'],
    },
  ]),
];

/** What Prometheus knows of each scrape, here of the service's. */
const ofScrapes = from('prometheus', 'leaky-service', [
  { name: 'up', type: 'gauge', says: 'whether a part gave its metrics when it was asked' },
  { name: 'scrape_duration_seconds', type: 'gauge', says: 'how long that took' },
  { name: 'scrape_samples_scraped', type: 'gauge', says: 'how many numbers it gave' },
]);

const ofPrometheus = from('prometheus', 'prometheus', [
  {
    name: 'prometheus_target_interval_length_seconds',
    type: 'gauge',
    says: 'time between scrapes',
    labels: ['interval', 'quantile'],
  },
  { name: 'prometheus_tsdb_head_series', type: 'gauge', says: 'series in memory' },
  { name: 'prometheus_tsdb_wal_storage_size_bytes', type: 'gauge', says: 'on disk, not yet in blocks' },
  { name: 'prometheus_tsdb_storage_blocks_bytes', type: 'gauge', says: 'on disk, in blocks' },
  {
    name: 'prometheus_rule_group_last_duration_seconds',
    type: 'gauge',
    says: 'how long the rules took',
    labels: ['rule_group'],
  },
]);

const recorded = from('prometheus', 'leaky-service', [
  {
    name: 'instance:memory_after_gc_bytes:sum',
    type: 'recorded',
    says: 'heap and external memory that the last major collection left',
    when: 'after a major collection',
  },
  {
    name: 'instance:memory_after_gc_bytes:deriv1m',
    type: 'recorded',
    says: 'its growth, bytes a second',
    when: 'while memory climbs',
  },
  {
    name: 'instance:memory_held_bytes:sum',
    type: 'recorded',
    says: 'what of the limit a collection would leave in use',
    when: 'after a major collection',
  },
  {
    name: 'instance:memory_climbing_bytes:sum',
    type: 'recorded',
    says: 'the same while it goes on climbing, alike in both halves of 30 s, 2 or 10 min, or beyond 43 % of the limit at all; alerts are about it',
    when: 'while memory climbs',
  },
  {
    name: 'instance:http_requests:rate1m',
    type: 'recorded',
    says: 'requests of callers, a second',
    when: 'after requests',
  },
  {
    name: 'instance:memory_growth_bytes:per_request',
    type: 'recorded',
    says: 'what stays of each request; absent without requests',
    when: 'while memory climbs',
  },
  {
    name: 'instance:memory_to_limit_seconds:regression',
    type: 'recorded',
    says: 'time until the container is full; absent while nothing climbs',
    when: 'while memory climbs',
  },
  {
    name: 'process:memory_usage_bytes:sum',
    type: 'recorded',
    says: 'use of each life by itself, to predict from',
    labels: ['process_start'],
  },
]);

export const otherMetrics: readonly Metric[] = [
  ...ofScrapes,
  ...recorded,
  ...ofPrometheus,
  ...collector,
  ...spans('jaeger', '_total', '_bytes'),
];
