import type { Deaths } from '../deaths/deaths.ts';
import { readToldDeaths, type ToldDeath } from '../deaths/told-deaths.ts';
import { type Life, livesOfPid } from '../store/lives.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { Store } from '../store/store.ts';
import type { LifeTracker } from './life-tracker.ts';

/** Starts told by the supervisor and by the service agree within this. */
const sameStart_ms = 5_000;
/** Of a history that a new record finds, the newest deaths. */
const mostOfHistory = 200;

/** Follows the file in which the supervisor writes down each death. */
export class ToldFollower {
  readonly #file: string;
  readonly #store: Store;
  readonly #deaths: Deaths;
  readonly #tracker: LifeTracker;
  #readTo: number;

  constructor(file: string, store: Store, deaths: Deaths, tracker: LifeTracker) {
    this.#file = file;
    this.#store = store;
    this.#deaths = deaths;
    this.#tracker = tracker;
    this.#readTo = Number(readMeta(store.database, 'deaths_read_to') ?? 0);
  }

  /** Takes what is new; whether the file can be relied on to tell of every death. */
  follow(): boolean {
    const { deaths, readTo, readable } = readToldDeaths(this.#file, this.#readTo);
    if (readTo === this.#readTo) return readable;
    const wanted = this.#readTo === 0 ? deaths.slice(-mostOfHistory) : deaths;
    for (const told of wanted) this.#take(told);
    this.#readTo = readTo;
    const { database, writer } = this.#store;
    writer.write(() => writeMeta(database, 'deaths_read_to', String(readTo)));
    return readable;
  }

  #take(told: ToldDeath): void {
    const current = this.#tracker.life;
    const started_ms = told.time - told.uptime_seconds * 1000;
    const isOf = (life: Life): boolean =>
      life.pid === told.pid && Math.abs(life.started_at_ms - started_ms) < sameStart_ms;
    // A clock that was set in between moves a start; a process that was there a moment ago is the one all the same.
    const isCurrent =
      current !== undefined &&
      current.ended_at_ms === null &&
      current.pid === told.pid &&
      this.#tracker.reading !== undefined;
    const life =
      current && (isOf(current) || isCurrent)
        ? current
        : livesOfPid(this.#store.database, told.pid).find(isOf);
    if (life === undefined) {
      this.#deaths.recordUnseen(told);
      return;
    }
    const { time_ms } = this.#deaths.record(life, told.time, told, life.id !== current?.id);
    if (life.id === current?.id) this.#tracker.ended(time_ms);
  }
}
