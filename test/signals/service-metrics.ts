import type { Metric, When } from './signal.ts';

type Line = readonly [name: string, says: string, when?: When, labels?: readonly string[]];

const of =
  (type: Metric['type']) =>
  ([name, says, when = 'always', labels = []]: Line): Metric => ({
    part: 'leaky-service',
    job: 'leaky-service',
    type,
    name,
    says,
    when,
    labels,
  });

const memory: readonly Line[] = [
  ['container_memory_limit_bytes', 'the limit; the kernel ends the process there'],
  ['container_memory_usage_bytes', 'what counts against the limit, without page cache that can be dropped'],
  ['process_resident_memory_bytes', 'pages in memory, of the binary too'],
  ['process_virtual_memory_bytes', 'address space'],
  ['process_heap_bytes', 'data segment, as the kernel counts it'],
  ['process_stack_bytes', 'stack of the main thread'],
  ['nodejs_heap_size_total_bytes', 'what V8 has reserved'],
  ['nodejs_heap_size_used_bytes', 'what of it is in use, garbage too'],
  ['nodejs_heap_size_limit_bytes', 'at which V8 itself ends the process'],
  ['nodejs_heap_used_after_gc_bytes', 'what the last major collection left', 'after a major collection'],
  ['nodejs_external_after_gc_bytes', 'the same, outside of the heap', 'after a major collection'],
  ['nodejs_external_memory_bytes', 'what objects own outside of the heap'],
  ['nodejs_array_buffers_bytes', 'buffers; part of the external memory'],
  ['nodejs_heap_space_size_used_bytes', 'use of each space of the heap', 'always', ['space']],
  ['nodejs_heap_space_size_total_bytes', 'size of each space', 'always', ['space']],
  ['nodejs_heap_space_size_available_bytes', 'room left in each space', 'always', ['space']],
];

const loop: readonly Line[] = [
  'nodejs_eventloop_lag_seconds',
  'nodejs_eventloop_lag_min_seconds',
  'nodejs_eventloop_lag_max_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_eventloop_lag_stddev_seconds',
  'nodejs_eventloop_lag_p50_seconds',
  'nodejs_eventloop_lag_p90_seconds',
  'nodejs_eventloop_lag_p99_seconds',
].map((name) => [name, 'how late the event loop was since the scrape before']);

const process: readonly Line[] = [
  ['process_start_time_seconds', 'when the process began; another value is another process'],
  ['process_open_fds', 'open files and sockets'],
  ['process_max_fds', 'how many there may be'],
  ['process_open_sockets', 'TCP connections, in and out'],
  ['nodejs_active_resources', 'what keeps the event loop alive, by kind', 'always', ['type']],
  ['nodejs_active_resources_total', 'the same, all together'],
  ['nodejs_active_handles', 'handles, by kind', 'always', ['type']],
  ['nodejs_active_handles_total', 'the same, all together'],
  ['nodejs_active_requests', 'calls under way to the operating system, by kind', 'at times', ['type']],
  ['nodejs_active_requests_total', 'the same, all together'],
  ['metric_name_clashes', 'metrics that are missing since another one has their name'],
  ['nodejs_version_info', 'the version of Node', 'always', ['version', 'major', 'minor', 'patch']],
];

const upstream: readonly Line[] = [
  ['upstream_queue_length', 'jobs and calls that wait for a connection to the upstream'],
  ['upstream_connections', 'connections to it, by what they do', 'always', ['state']],
];

const valkey: readonly Line[] = [
  ['valkey_up', 'whether it answers', 'with a Valkey'],
  ['valkey_used_memory_bytes', 'memory that it has taken', 'with a Valkey'],
  ['valkey_maxmemory_bytes', 'where it begins to refuse writes', 'with a Valkey'],
  ['valkey_keys', 'keys it holds', 'with a Valkey'],
  ['valkey_keys_with_expiry', 'of them, those that go by themselves', 'with a Valkey'],
];

const leaks: readonly Line[] = [
  ['leak_enabled', 'whether it is on', 'unless blind', ['leak']],
  ['leak_entries', 'things it holds', 'unless blind', ['leak']],
  ['leak_retained_bytes', 'what they hold, by its own count', 'unless blind', ['leak']],
];

const counters: readonly Line[] = [
  ['http_requests_total', 'requests answered', 'after requests', ['method', 'route', 'status_class']],
  ['upstream_requests_total', 'calls to the upstream by how they ended', 'always', ['outcome']],
  ['valkey_commands_total', 'commands to Valkey by how they ended', 'with a Valkey', ['outcome']],
  ['process_cpu_seconds_total', 'processor time'],
  ['process_cpu_user_seconds_total', 'of it, in the program'],
  ['process_cpu_system_seconds_total', 'of it, in the kernel'],
];

const histograms: readonly Line[] = [
  [
    'http_request_duration_seconds',
    'how long answers took; its exemplars lead to traces',
    'after requests',
    ['method', 'route', 'status_class'],
  ],
  [
    'http_request_body_bytes',
    'size of the bodies that came, of `/api/ingest` from the start on; its exemplars lead to traces',
    'always',
    ['route'],
  ],
  ['valkey_command_duration_seconds', 'how long commands to Valkey took that were sent', 'with a Valkey'],
  ['nodejs_gc_duration_seconds', 'pauses for collections, by kind', 'after a major collection', ['kind']],
];

export const serviceMetrics: readonly Metric[] = [
  ...[...memory, ...loop, ...process, ...upstream, ...valkey, ...leaks].map(of('gauge')),
  ...counters.map(of('counter')),
  ...histograms.map(of('histogram')),
];
