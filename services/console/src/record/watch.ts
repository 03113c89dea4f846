import type { Deaths } from '../deaths/deaths.ts';
import type { EndingNote } from '../deaths/endings.ts';
import type { Reading } from '../service/reading.ts';
import { endLife, type Life, lastReadingOf } from '../store/lives.ts';
import { keepWithin } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import type { RecordClock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import { leakChanges } from './leak-changes.ts';
import type { LifeTracker } from './life-tracker.ts';
import { LoadWatch } from './load-watch.ts';
import type { Look } from './poller.ts';
import type { Recent } from './recent.ts';
import type { ServiceStanding } from './service-state.ts';
import { toSample } from './to-sample.ts';
import type { ToldFollower } from './told-follower.ts';
import { writeReading } from './write-reading.ts';

export interface WatchDeps {
  readonly store: Store;
  readonly clock: RecordClock;
  readonly events: EventLog;
  readonly deaths: Deaths;
  readonly tracker: LifeTracker;
  readonly recent: Recent;
  readonly standing: ServiceStanding;
  /** Where a supervisor tells of deaths. */
  readonly told: ToldFollower | undefined;
  /** What a process left of why it ended, where it can be known. */
  readonly noteOf: (life: Life) => EndingNote | undefined;
  /** The console before this one was stopped in order: what ended meanwhile was stopped too. */
  readonly stoppedInOrder: boolean;
  /** Nobody answers for this long, seconds: the process is gone. A connection refused for a moment is not. */
  readonly patience_seconds: number;
  /** After each look. */
  readonly looked: (look: Look, now_ms: number) => void;
}

/** Makes the record out of looks at the service: samples, events, lives and their ends. */
export class Watch {
  readonly #deps: WatchDeps;
  readonly #load = new LoadWatch();
  #missedAt_ms: number | undefined;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  take(look: Look): void {
    const { store, clock, told, standing, looked } = this.#deps;
    const now_ms = clock.now_ms();
    // A supervisor writes a death down before it starts the next life, so it is read before that one is judged.
    const allTold = told?.follow() ?? false;
    standing.take(look, now_ms);
    if (look.kind === 'reading') this.#takeReading(look.reading, look.came_ms, now_ms);
    else if (look.kind === 'down') this.#takeAbsence(look.came_ms, now_ms, allTold);
    store.writer.retry();
    keepWithin(store, now_ms);
    looked(look, now_ms);
  }

  #takeReading(reading: Reading, came_ms: number, now_ms: number): void {
    const { store, events, tracker, recent, deaths } = this.#deps;
    const before = tracker.reading;
    const seen = tracker.follow(reading, came_ms, now_ms);
    if (seen.over !== undefined) this.#over(seen.over, before !== undefined, reading.started_at, now_ms);
    if (!seen.begun && seen.life.ended_at_ms !== null) {
      deaths.retract(seen.life);
      tracker.ended(null);
    }
    this.#missedAt_ms = undefined;
    const ofBefore = seen.begun ? undefined : (before ?? this.#readingBefore(seen.life));
    const sample = toSample(reading, seen.begun ? undefined : before, now_ms);
    recent.add(seen.life.id, sample, reading);
    writeReading(store, seen, sample, reading);
    if (seen.begun)
      events.add('start', `The service runs as process ${reading.pid}`, { pid: reading.pid }, now_ms);
    for (const { kind, leak } of leakChanges(ofBefore?.leaks, reading.leaks)) {
      events.add(kind, `${leak.id} ${leak.enabled ? 'on' : 'off'}`, { ...leak }, now_ms);
    }
    const change = this.#load.next(sample);
    if (change !== undefined) {
      const rate = Math.round(sample.requests_per_second ?? 0);
      events.add(
        change,
        change === 'load_begin' ? `Load begins, ${rate} requests a second` : 'Load ends',
        { requests_per_second: rate },
        now_ms,
      );
    }
  }

  /** Another process answers than before. */
  #over(life: Life, watched: boolean, nextStarted_ms: number, now_ms: number): void {
    const { store, deaths, stoppedInOrder } = this.#deps;
    this.#load.lost();
    if (life.ended_at_ms !== null || this.#endedInOrder(life)) return;
    if (!watched && stoppedInOrder) {
      store.writer.write(() => endLife(store.database, life.id, life.last_seen_ms));
      return;
    }
    const time_ms = Math.min(this.#missedAt_ms ?? now_ms, Math.max(nextStarted_ms, life.last_seen_ms));
    deaths.record(life, time_ms, undefined, !watched);
  }

  #takeAbsence(came_ms: number, now_ms: number, allTold: boolean): void {
    const { tracker, deaths, standing, patience_seconds } = this.#deps;
    const { life } = tracker;
    this.#missedAt_ms ??= now_ms;
    // What was never seen by this console may have been stopped with the one before; its successor will tell.
    if (life === undefined || life.ended_at_ms !== null || tracker.reading === undefined || allTold) return;
    if (this.#endedInOrder(life)) return;
    if (standing.missing_seconds(came_ms) < patience_seconds) return;
    this.#load.lost();
    const { time_ms } = deaths.record(life, this.#missedAt_ms, undefined, false);
    tracker.ended(time_ms);
  }

  /** Whether the process said itself that it was told to end: it is written down as that, and is no death. */
  #endedInOrder(life: Life): boolean {
    const { store, events, tracker, standing, noteOf } = this.#deps;
    const note = noteOf(life);
    if (note === undefined || note.exit_code !== 0) return false;
    const ended_ms = Math.max(note.ended_at, life.last_seen_ms);
    store.writer.write(() => endLife(store.database, life.id, ended_ms));
    if (tracker.life?.id === life.id) {
      tracker.ended(ended_ms);
      standing.stopped(note.reason);
    }
    this.#load.lost();
    const details = { pid: life.pid, reason: note.reason };
    events.add('stop', `Process ${life.pid} was stopped in order (${note.reason})`, details, ended_ms);
    return true;
  }

  #readingBefore(life: Life): Reading | undefined {
    return lastReadingOf(this.#deps.store.database, life.id) as Reading | undefined;
  }
}
