import type { ValkeyServer } from '../valkey/server.ts';
import { sessionPrefix } from './session.ts';

const perStep = 200;
const betweenSteps_ms = 200;

/** What TTL answers for a key that has no end. */
const endless = -1;

/**
 * Goes through the sessions in small steps, round after round, and finds those that were written without an end: one that
 * nobody has asked for in as long as a session lasts is deleted, any other ends after as long.
 */
export class ColdSessions {
  readonly #valkey: ValkeyServer;
  readonly #lasts_seconds: number;
  #cursor = '0';
  #next_ms = 0;

  constructor(valkey: ValkeyServer, lasts_seconds: number) {
    this.#valkey = valkey;
    this.#lasts_seconds = lasts_seconds;
  }

  /** Begins the next step in the background, where it is time for one; nobody waits for it. */
  goOn(now_ms: number): void {
    if (now_ms < this.#next_ms) return;
    // Until this one is over.
    this.#next_ms = Number.POSITIVE_INFINITY;
    void this.#step().finally(() => {
      this.#next_ms = Date.now() + betweenSteps_ms;
    });
  }

  async #step(): Promise<void> {
    const found = await this.#valkey.command((client) =>
      client.scan(this.#cursor, 'MATCH', `${sessionPrefix}*`, 'COUNT', perStep),
    );
    if (!found) return;
    const [next, keys] = found;
    this.#cursor = next;
    await this.#valkey.command((client) =>
      Promise.all(
        keys.map(async (key) => {
          if ((await client.ttl(key)) !== endless) return;
          const idle_seconds = Number(await client.object('IDLETIME', key));
          if (idle_seconds >= this.#lasts_seconds) await client.unlink(key);
          else await client.expire(key, this.#lasts_seconds);
        }),
      ),
    );
  }
}
