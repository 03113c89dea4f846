import { setFlagsFromString } from 'node:v8';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

interface Row {
  readonly number: number;
  readonly price: number;
  readonly share: number;
}

/** A row weighs this much with its numbers and its place in a list (64-bit V8), bytes. */
const row_bytes = 72;

/** The archive is so far behind; where no request comes for a while, it catches up. */
const behind_bytes = 50 * 2 ** 20;
const idle_ms = 3_000;

/** V8 may let garbage pile up to twelve times of what is alive: reports grow too old for the small collections. */
const patientCollector = '--heap-growing-percent=1100';
const usualCollector = '--heap-growing-percent=0';

/** Makes a report for each request. The archive takes them in their order, and then nobody needs their rows any more. */
export class ReportRows implements Feature {
  readonly #options: FeatureOptions;
  #waiting: { readonly rows: readonly Row[]; readonly bytes: number }[] = [];
  #bytes = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(_request: RequestContext): void {
    const { entry_bytes } = this.#options;
    if (this.#idle) this.#idle.refresh();
    else this.#begin();
    this.#waiting.push({ rows: rowsOf(Math.ceil(entry_bytes / row_bytes)), bytes: entry_bytes });
    this.#bytes += entry_bytes;
    while (this.#bytes > behind_bytes) this.#bytes -= this.#waiting.shift()?.bytes ?? 0;
  }

  #begin(): void {
    setFlagsFromString(patientCollector);
    this.#idle = setTimeout(() => this.clear(), idle_ms).unref();
  }

  entries(): number {
    return this.#waiting.length;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
    setFlagsFromString(usualCollector);
    this.#waiting = [];
    this.#bytes = 0;
  }
}

function rowsOf(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, number) => ({ number, price: number * 1.5, share: number / 3 }));
}
