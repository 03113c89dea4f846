import type { Logger } from 'pino';
import type { ServiceClient } from '../service/client.ts';
import type { Reading } from '../service/reading.ts';
import { insertProfile } from '../store/allocations.ts';
import type { Store } from '../store/store.ts';
import type { RecordClock } from './clock.ts';
import { growthOfSamples } from './growth.ts';
import { readProfile } from './read-profile.ts';
import type { Recent } from './recent.ts';

/** Profiles in seconds: one early to compare with, then as memory climbs, in a line or in a step, and now and then anyway. */
const first_seconds = 3;
const climbing_seconds = 10;
const calm_seconds = 60;
const leastStep_bytes = 4 * 1024 ** 2;

export interface ProfilerDeps {
  readonly client: ServiceClient;
  readonly store: Store;
  readonly clock: RecordClock;
  readonly recent: Recent;
  readonly logger: Logger;
}

/** Takes allocation profiles of the service while its memory climbs. */
export class AllocationProfiler {
  readonly #deps: ProfilerDeps;
  #life = -1;
  #last_seconds = Number.NEGATIVE_INFINITY;
  /** The least that a collection has left since the last one was taken. */
  #held_bytes = 0;
  #underWay = false;

  constructor(deps: ProfilerDeps) {
    this.#deps = deps;
  }

  /** After each reading of a life: takes a profile where it is time for one. */
  async consider(life: number, { uptime_seconds, pid, ...reading }: Reading): Promise<void> {
    const held_bytes = reading.heap_used_after_gc_bytes ?? 0;
    if (life !== this.#life) {
      this.#life = life;
      this.#last_seconds = Number.NEGATIVE_INFINITY;
      this.#held_bytes = held_bytes;
    }
    this.#held_bytes = Math.min(this.#held_bytes, held_bytes);
    const since = uptime_seconds - this.#last_seconds;
    const climbs = held_bytes - this.#held_bytes >= leastStep_bytes || isClimbing(this.#deps.recent);
    const due = since >= calm_seconds || (since >= climbing_seconds && climbs);
    if (uptime_seconds < first_seconds || !due) return;
    this.#last_seconds = uptime_seconds;
    this.#held_bytes = held_bytes;
    await this.take(life, pid);
  }

  /** Takes one now; never throws: a service that cannot tell has its reasons on the page already. */
  async take(life: number, pid: number): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    const { client, store, clock, logger } = this.#deps;
    try {
      const read = await readProfile(client);
      if (read === undefined) return this.#tryAgainSoon();
      const profile = { life, pid, time_ms: clock.now_ms(), ...read };
      store.writer.write(() => store.database.transaction(() => insertProfile(store.database, profile)));
    } catch (error) {
      logger.debug({ err: error }, 'no allocation profile');
    } finally {
      this.#underWay = false;
    }
  }

  /** While allocations are recorded the service tells an old profile; the first one after it is what later ones compare with. */
  #tryAgainSoon(): void {
    this.#last_seconds += first_seconds - calm_seconds;
  }
}

/** Whether memory grows beyond doubt. */
export function isClimbing(recent: Recent): boolean {
  const { bytes_per_second } = growthOfSamples(recent.samples());
  return bytes_per_second !== null && bytes_per_second.low > 0;
}
