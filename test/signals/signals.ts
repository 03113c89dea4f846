/** The one table of what each part of the lab must emit. docs/signals.md is written from it: npm run signals */
import { otherMetrics } from './other-metrics.ts';
import { serviceMetrics } from './service-metrics.ts';
import type { LogLine, Metric, Span } from './signal.ts';

export const metrics: readonly Metric[] = [...serviceMetrics, ...otherMetrics];

const everyServerSpan = [
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'url.path',
  'url.scheme',
  'server.address',
  'network.protocol.version',
  'client.address',
];

export const spans: readonly Span[] = [
  {
    part: 'leaky-service',
    name: 'GET /api/data',
    kind: 'server',
    says: 'a request and its answer',
    when: 'after requests',
    attributes: [...everyServerSpan, 'process.memory.used_after'],
    resource: ['service.name', 'process.pid'],
  },
  {
    part: 'leaky-service',
    name: 'POST /admin/leaks/:id',
    kind: 'server',
    says: 'a request with a body, while a leak is on; in blind mode without the leaks',
    when: 'after a request with a body',
    attributes: [...everyServerSpan, 'http.request.body.size', 'process.memory.used_after', 'leak.ids'],
    resource: ['service.name', 'process.pid'],
  },
  {
    part: 'leaky-service',
    name: 'GET',
    kind: 'client',
    says: 'a call to the upstream, as a child of the request that brought it about',
    when: 'with calls to the upstream',
    attributes: ['http.request.method', 'http.response.status_code', 'url.full', 'server.address'],
    resource: ['service.name', 'process.pid'],
  },
  {
    part: 'upstream',
    name: 'GET /data',
    kind: 'server',
    says: 'the same call as the upstream sees it, as a child of the call',
    when: 'with calls to the upstream',
    attributes: everyServerSpan,
    resource: ['service.name', 'process.pid'],
  },
];

export const logLines: readonly LogLine[] = [
  {
    part: 'leaky-service',
    message: 'listening',
    says: 'the service is up; with the leaks that are on from the start, unless blind or in an incident',
    when: 'always',
    fields: ['time', 'level', 'address', 'pid', 'leaks'],
  },
  {
    part: 'leaky-service',
    message: 'the file of the incident is not one: none runs',
    says: 'at the start: what INCIDENT_FILE names could not be read as a seed, and where it is kept now',
    when: 'at times',
    fields: ['time', 'level', 'file', 'reason', 'kept_as'],
  },
  {
    part: 'leaky-service',
    message: 'request',
    says: 'a request was answered; its trace is found by the id',
    when: 'after requests',
    fields: ['time', 'level', 'method', 'url', 'route', 'status', 'duration_ms', 'trace_id'],
  },
  {
    part: 'leaky-service',
    message: 'valkey answers',
    says: 'the first connection to it, or one after it was gone',
    when: 'with a Valkey',
    fields: ['time', 'level', 'valkey'],
  },
  {
    part: 'leaky-service',
    message: 'valkey does not answer',
    says: 'it is gone or hangs, and why; once, until it answers again',
    when: 'at times',
    fields: ['time', 'level', 'valkey', 'reason'],
  },
  {
    part: 'leaky-service',
    message: 'valkey is full',
    says: 'it refuses writes until some keys go; at most each half minute',
    when: 'at times',
    fields: ['time', 'level', 'used_memory_bytes', 'maxmemory_bytes', 'keys'],
  },
  {
    part: 'console',
    message: 'listening',
    says: 'the console is up, and whom it watches',
    when: 'always',
    fields: ['time', 'level', 'address', 'pid', 'service', 'mode'],
  },
  {
    part: 'upstream',
    message: 'upstream listens',
    says: 'the upstream is up, and how it answers',
    when: 'always',
    fields: ['host', 'port', 'latency_ms', 'body_bytes', 'failure_ratio'],
  },
];
