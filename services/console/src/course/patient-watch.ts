import { LifeTracker } from '../record/life-tracker.ts';
import { type Look, lookAt, Poller } from '../record/poller.ts';
import { readProfile } from '../record/read-profile.ts';
import { toSample } from '../record/to-sample.ts';
import { writeReading } from '../record/write-reading.ts';
import type { ServiceClient } from '../service/client.ts';
import type { Reading } from '../service/reading.ts';
import { insertProfile } from '../store/allocations.ts';
import { lastLife } from '../store/lives.ts';
import { keepWithin } from '../store/retention.ts';
import type { Store } from '../store/store.ts';

const firstProfile_seconds = 3;
const betweenProfiles_seconds = 15;
const longestBetween_seconds = 120;
/** What must have come in a heap for a look into it. */
const leastGrowth_bytes = 2 ** 20;
/** A profile collects all garbage: where it gave more than this of what had come back, the next one waits longer. */
const mostGarbage = 0.5;

export interface PatientWatchDeps {
  readonly client: ServiceClient;
  /** Its record. */
  readonly store: Store;
  readonly now_ms: () => number;
  /** Something else begins to happen there: what grew before is compared with nothing that comes. */
  readonly anew: boolean;
}

/** Makes the record of a second service of a lab, from when it is watched until it is not: its samples, and which lines grow. */
export class PatientWatch {
  readonly #deps: PatientWatchDeps;
  readonly #poller: Poller;
  readonly #tracker: LifeTracker;
  #reading: Reading | undefined;
  #stopped = false;
  #profiled = { life: 0, uptime_seconds: 0, heap_bytes: 0, pause_seconds: 0 };

  constructor(deps: PatientWatchDeps) {
    const { client, store, anew } = deps;
    this.#deps = deps;
    this.#tracker = new LifeTracker(anew ? undefined : lastLife(store.database), () =>
      store.database.nextId('lives'),
    );
    this.#poller = new Poller(client, (look) => this.#take(look));
    this.#poller.start();
  }

  /** Of the process that answers, by its record; `undefined` while none does. */
  get life(): number | undefined {
    return this.#reading && this.#tracker.life?.id;
  }

  /** Resolves when a look that begins after the call is in its record. */
  nextLook(): Promise<void> {
    return this.#poller.next();
  }

  stop(): void {
    this.#stopped = true;
    this.#poller.stop();
  }

  async #take(look: Look): Promise<void> {
    this.#reading = look.kind === 'reading' ? look.reading : undefined;
    if (look.kind !== 'reading') return;
    const { reading } = look;
    const { store } = this.#deps;
    const now_ms = this.#deps.now_ms();
    const before = this.#tracker.reading;
    const seen = this.#tracker.follow(reading, look.came_ms, now_ms);
    writeReading(store, seen, toSample(reading, seen.begun ? undefined : before, now_ms), reading);
    store.writer.retry();
    keepWithin(store, now_ms);
    if (this.#isProfileDue(seen.life.id, reading)) await this.#profile(seen.life.id, reading);
  }

  #isProfileDue(life: number, { uptime_seconds, process: { heap_used_bytes } }: Reading): boolean {
    if (uptime_seconds < firstProfile_seconds) return false;
    const last = this.#profiled;
    if (last.life !== life) return true;
    const came_bytes = heap_used_bytes - last.heap_bytes;
    return uptime_seconds - last.uptime_seconds >= last.pause_seconds && came_bytes >= leastGrowth_bytes;
  }

  async #profile(life: number, { pid, uptime_seconds, process }: Reading): Promise<void> {
    const { client, store, now_ms } = this.#deps;
    const before = this.#profiled;
    try {
      const read = await readProfile(client);
      // Its record may be closed by now.
      if (this.#stopped) return;
      if (read !== undefined) {
        const profile = { life, pid, time_ms: now_ms(), ...read };
        store.writer.write(() => store.database.transaction(() => insertProfile(store.database, profile)));
      }
      const after = await lookAt(client);
      const heap_bytes = (after.kind === 'reading' ? after.reading : { process }).process.heap_used_bytes;
      const pause_seconds = nextPause_seconds(before.life === life ? before.pause_seconds : 0, {
        came_bytes: process.heap_used_bytes - before.heap_bytes,
        freed_bytes: process.heap_used_bytes - heap_bytes,
      });
      this.#profiled = { life, uptime_seconds, heap_bytes, pause_seconds };
    } catch {
      // One that cannot tell now is asked again later.
      this.#profiled = { ...before, life, uptime_seconds, pause_seconds: betweenProfiles_seconds };
    }
  }
}

/** How long to wait with the next profile, after `last_seconds` (0: it was the first) and what that gave back of what had come. */
export function nextPause_seconds(
  last_seconds: number,
  { came_bytes, freed_bytes }: { readonly came_bytes: number; readonly freed_bytes: number },
): number {
  const wasGarbage = last_seconds > 0 && freed_bytes > mostGarbage * came_bytes;
  return wasGarbage ? Math.min(longestBetween_seconds, 2 * last_seconds) : betweenProfiles_seconds;
}
