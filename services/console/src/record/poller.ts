import { type ServiceClient, ServiceSilent } from '../service/client.ts';
import { type Reading, readingOf, samplePath } from '../service/reading.ts';

/** What one look at the service gave. */
export type Look =
  | { readonly kind: 'reading'; readonly reading: Reading; readonly came_ms: number }
  | { readonly kind: 'hanging' | 'nonsense' | 'down'; readonly message: string; readonly came_ms: number };

const interval_ms = 1_000;
const timeout_ms = 2_000;

/**
 * Looks at the service each second until stopped, by the monotonic clock; a look that takes longer puts the next ones
 * off, they do not pile up. `came_ms` is monotonic.
 */
export class Poller {
  readonly #client: ServiceClient;
  readonly #onLook: (look: Look) => void | Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #next_ms = 0;
  #stopped = true;
  /** Who waits for a look that has not begun. */
  #waiting: (() => void)[] = [];

  constructor(client: ServiceClient, onLook: (look: Look) => void | Promise<void>) {
    this.#client = client;
    this.#onLook = onLook;
  }

  start(): void {
    this.#stopped = false;
    this.#next_ms = performance.now();
    void this.#tick();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#letGo(this.#waiting.splice(0));
  }

  /** Resolves when a look that begins after the call was taken, whatever it gave; at once where nobody looks. */
  next(): Promise<void> {
    return this.#stopped ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #tick(): Promise<void> {
    const waited = this.#waiting.splice(0);
    try {
      const look = await lookAt(this.#client);
      if (!this.#stopped) await this.#onLook(look);
    } finally {
      this.#letGo(waited);
    }
    if (this.#stopped) return;
    const now_ms = performance.now();
    this.#next_ms = Math.max(this.#next_ms + interval_ms, now_ms);
    this.#timer = setTimeout(() => void this.#tick(), this.#next_ms - now_ms);
  }

  #letGo(waited: readonly (() => void)[]): void {
    for (const resolve of waited) resolve();
  }
}

/** One look; never throws. */
export async function lookAt(client: ServiceClient): Promise<Look> {
  try {
    const answer = await client.call('GET', samplePath, { timeout_ms });
    return { kind: 'reading', reading: readingOf(answer), came_ms: performance.now() };
  } catch (error) {
    const came_ms = performance.now();
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ServiceSilent) {
      return { kind: error.silence === 'timeout' ? 'hanging' : 'down', message, came_ms };
    }
    return { kind: 'nonsense', message, came_ms };
  }
}
