import type { Logger } from 'pino';
import * as v from 'valibot';
import { jsonOf, type ServiceClient } from '../service/client.ts';
import { insertProfile, type ProfileLine } from '../store/allocations.ts';
import type { Store } from '../store/store.ts';
import type { RecordClock } from './clock.ts';
import { growthOfSamples } from './growth.ts';
import type { Recent } from './recent.ts';

const path = '/admin/memory/snapshot';
const timeout_ms = 5_000;

/** Profiles in seconds: one early to compare with, then as memory climbs, and now and then anyway. */
const first_seconds = 3;
const climbing_seconds = 10;
const calm_seconds = 60;

const number = v.pipe(v.number(), v.finite());
const profileSchema = v.object({
  since: v.optional(v.string()),
  recording: v.optional(v.boolean(), false),
  by_line: v.array(
    v.object({
      location: v.string(),
      file: v.optional(v.string()),
      line: v.optional(number),
      function: v.optional(v.string()),
      size_bytes: v.optional(number),
      size_mb: v.optional(number, 0),
      count: v.optional(number, 0),
    }),
  ),
});

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
  #underWay = false;

  constructor(deps: ProfilerDeps) {
    this.#deps = deps;
  }

  /** After each reading: takes a profile where it is time for one. */
  async consider(life: number, uptime_seconds: number, pid: number): Promise<void> {
    if (life !== this.#life) {
      this.#life = life;
      this.#last_seconds = Number.NEGATIVE_INFINITY;
    }
    const since = uptime_seconds - this.#last_seconds;
    const due = since >= calm_seconds || (since >= climbing_seconds && isClimbing(this.#deps.recent));
    if (uptime_seconds < first_seconds || !due) return;
    this.#last_seconds = uptime_seconds;
    await this.take(life, pid);
  }

  /** Takes one now; never throws: a service that cannot tell has its reasons on the page already. */
  async take(life: number, pid: number): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    const { client, store, clock, logger } = this.#deps;
    try {
      const answer = await client.call('GET', path, { timeout_ms });
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      const { since, recording, by_line } = v.parse(profileSchema, jsonOf(answer, path));
      if (recording) return this.#tryAgainSoon();
      const lines = by_line.map(toLine);
      const profile = { life, pid, time_ms: clock.now_ms(), sampled_since: since ?? null, lines };
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

function toLine(line: v.InferOutput<typeof profileSchema>['by_line'][number]): ProfileLine {
  // "features/response-cache.ts:41 keep"
  const parts = /^(.*?):(\d+)(?:\s+(.*))?$/.exec(line.location);
  return {
    location: line.location,
    file: line.file ?? parts?.[1] ?? line.location,
    line: line.line ?? Number(parts?.[2] ?? 0),
    function: line.function ?? parts?.[3] ?? '',
    size_bytes: line.size_bytes ?? line.size_mb * 2 ** 20,
    count: line.count,
  };
}
