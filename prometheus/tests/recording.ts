import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What Prometheus scraped from the service while something happened: the figures that the rules are tested with. */
export interface Recording {
  readonly what: string;
  readonly interval_seconds: number;
  /** Samples from the first on, a number for each scrape; `null` where a scrape brought nothing. */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /** Index of the first scrape after the load began. */
  readonly loaded: number;
  /** Index of the first scrape after the service had died, where it did. */
  readonly died?: number;
}

/** What the rules read. Requests are those of callers. */
export const selectors: readonly string[] = [
  'up',
  'process_start_time_seconds',
  'nodejs_heap_used_after_gc_bytes',
  'nodejs_external_after_gc_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'container_memory_usage_bytes',
  'container_memory_limit_bytes',
  'http_requests_total{route="/api/data",status_class="2xx"}',
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
