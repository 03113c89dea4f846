import type { Now, ServiceState } from '../api/contract.ts';
import type { Look } from './poller.ts';

/** How the service does, since when, and what to do about it. */
export class ServiceStanding {
  #state: ServiceState = 'starting';
  #since_ms: number;
  #message: string;
  /** Why the last process ended, where it said so itself. */
  #stopped: string | undefined;
  /** Monotonic time of the first of the looks that nobody answered. */
  #missedSince_ms: number | undefined;
  /** Why the service may be blocked, where that is known. */
  busyWith: string | undefined;

  constructor(now_ms: number, url: string) {
    this.#since_ms = now_ms;
    this.#message = `Nothing has answered at ${url} yet. Start the service, or set SERVICE_URL.`;
  }

  take(look: Look, now_ms: number): void {
    if (look.kind === 'down') this.#missedSince_ms ??= look.came_ms;
    else this.#missedSince_ms = undefined;
    if (look.kind === 'reading') this.#stopped = undefined;
    // Before the first contact, nobody there is no news.
    if (this.#state === 'starting' && look.kind === 'down') return;
    const state: ServiceState = look.kind === 'reading' ? 'up' : look.kind;
    this.#message = this.#words(look);
    if (state === this.#state) return;
    this.#state = state;
    this.#since_ms = now_ms;
  }

  /** The process said itself that it was told to end; `reason` is what told it. */
  stopped(reason: string): void {
    this.#stopped = reason;
    this.#message = stoppedWords(reason);
  }

  /** The last look was answered as it should be. */
  get isUp(): boolean {
    return this.#state === 'up';
  }

  /** For how long nobody has listened, seconds by the monotonic clock. */
  missing_seconds(came_ms: number): number {
    return this.#missedSince_ms === undefined ? 0 : (came_ms - this.#missedSince_ms) / 1000;
  }

  describe(pid: number | null, started_at_ms: number | null): Now['service'] {
    return { state: this.#state, since_ms: this.#since_ms, message: this.#message, pid, started_at_ms };
  }

  #words(look: Look): string {
    switch (look.kind) {
      case 'reading':
        return 'The service answers.';
      case 'hanging':
        return this.busyWith === undefined
          ? `The service is there and does not answer: ${look.message} Its event loop is blocked, or it collects garbage without end.`
          : `The service is blocked: ${this.busyWith}.`;
      case 'nonsense':
        return `What answers is not the service as it should be. ${look.message}`;
      case 'down':
        return this.#stopped === undefined
          ? `The service is down. ${look.message}`
          : stoppedWords(this.#stopped);
    }
  }
}

const stoppedWords = (reason: string): string =>
  `The service was stopped in order (${reason}): that is no death. Start it again when you want it.`;
