import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Recording } from '@leak-lab/alert-exercise';

/** What rules about memory may read, the project's and a learner's. Requests are those of callers. */
export const selectors: readonly string[] = [
  'up',
  'process_start_time_seconds',
  'nodejs_heap_used_after_gc_bytes',
  'nodejs_external_after_gc_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'container_memory_usage_bytes',
  'container_memory_limit_bytes',
  'http_requests_total{route=~"/api/.*",status_class="2xx"}',
  'valkey_up',
  'valkey_used_memory_bytes',
  'valkey_maxmemory_bytes',
  'valkey_keys',
  'valkey_keys_with_expiry',
].map((selector) =>
  selector.includes('{')
    ? selector.replace('{', '{job="leaky-service",')
    : `${selector}{job="leaky-service"}`,
);

const fileOf = (name: string) => new URL(`./recordings/${name}.json`, import.meta.url);

export const readRecording = (name: string): Recording =>
  JSON.parse(readFileSync(fileOf(name), 'utf8')) as Recording;

/** Writes a recording with a line for each series, so that a new one can be read as a diff. */
export function writeRecording(name: string, { series, ...head }: Recording): void {
  const lines = Object.entries(series).map(
    ([key, values]) => `    ${JSON.stringify(key)}: ${JSON.stringify(values)}`,
  );
  const open = JSON.stringify(head, null, 2).slice(0, -2);
  mkdirSync(new URL('./recordings', import.meta.url), { recursive: true });
  writeFileSync(fileOf(name), `${open},\n  "series": {\n${lines.join(',\n')}\n  }\n}\n`);
}
