import * as v from 'valibot';
import { type Answer, jsonOf, NonsenseAnswer } from './client.ts';

const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const maybe = <const Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema), null);
const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'a time (ISO 8601)'),
  v.transform((text) => Date.parse(text)),
);
const collections = v.object({ count, seconds: count });

const leak = v.object({
  id: v.string(),
  enabled: v.boolean(),
  entries: count,
  retained_bytes: count,
  bytes_per_request: count,
  unit: v.optional(v.picklist(['request', 'event', 'connection', 'time']), 'request'),
  one_in: v.optional(count, 1),
});

/** What `GET /admin/sample` of the service tells. What the record can do without may be missing. */
const readingSchema = v.object({
  pid: v.pipe(v.number(), v.integer()),
  started_at: time,
  uptime_seconds: count,
  process: v.object({
    rss_bytes: count,
    heap_used_bytes: count,
    heap_total_bytes: count,
    external_bytes: count,
    array_buffers_bytes: count,
    cpu_seconds: maybe(count),
  }),
  heap_used_after_gc_bytes: maybe(count),
  external_after_gc_bytes: maybe(count),
  major_gc_count: maybe(count),
  spaces: v.optional(v.record(v.string(), count), {}),
  event_loop: maybe(
    v.object({ delay_p50_seconds: maybe(count), delay_p99_seconds: maybe(count), utilization: maybe(count) }),
  ),
  gc: maybe(v.object({ minor: collections, major: collections, incremental: v.optional(collections) })),
  container: maybe(
    v.object({
      limit_bytes: count,
      working_set_bytes: count,
      enforced_by: v.optional(v.picklist(['kernel', 'watchdog']), 'kernel'),
    }),
  ),
  requests: maybe(
    v.object({
      total: count,
      errors: v.optional(count, 0),
      body_bytes_total: maybe(count),
      in_flight: maybe(count),
      oldest_in_flight: v.optional(
        v.array(v.object({ method: v.string(), path: v.string(), age_seconds: count })),
        [],
      ),
    }),
  ),
  reloads_total: maybe(count),
  resources: maybe(
    v.object({
      open_sockets: maybe(count),
      pending_jobs: maybe(count),
      upstream_connections_opened_total: maybe(count),
      upstream_connections_busy: maybe(count),
      upstream_calls_total: maybe(count),
      upstream_calls_unfinished: maybe(count),
    }),
  ),
  remote: maybe(
    v.object({
      used_memory_bytes: maybe(count),
      limit_bytes: maybe(count),
      keys: maybe(count),
      keys_with_expiry: maybe(count),
    }),
  ),
  leaks: v.optional(v.array(leak)),
});

export type Reading = v.InferOutput<typeof readingSchema>;

export const samplePath = '/admin/sample';

/** Checks what came. Throws {@link NonsenseAnswer} that says what was expected. */
export function readingOf(answer: Answer): Reading {
  if (answer.status !== 200) {
    const hint = answer.status === 401 ? ' Give the console the ADMIN_TOKEN of the service.' : '';
    throw new NonsenseAnswer(`Expected 200 from ${samplePath}; got ${answer.status}.${hint}`);
  }
  const parsed = v.safeParse(readingSchema, jsonOf(answer, samplePath));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'the answer';
  throw new NonsenseAnswer(
    `Expected of ${samplePath} that ${where} is ${issue.expected ?? issue.message}; got ${issue.received}.`,
  );
}
