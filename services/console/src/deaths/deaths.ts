import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Death } from '../api/contract.ts';
import type { EventLog } from '../record/event-log.ts';
import { window_ms } from '../record/growth.ts';
import type { Recent } from '../record/recent.ts';
import type { Reading } from '../service/reading.ts';
import { allocationsAt } from '../store/allocations.ts';
import { countDeaths, deathOfLife, deleteDeath, saveDeath, summaryOf } from '../store/deaths.ts';
import { eventsBetween } from '../store/events.ts';
import { endLife, insertLife, type Life, lastReadingOf } from '../store/lives.ts';
import { samplesOfLife } from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import type { Stream } from '../stream/stream.ts';
import { blackBox } from './black-box.ts';
import { findEndingNote } from './endings.ts';
import { inWords } from './in-words.ts';
import { findReport } from './reports.ts';
import type { ToldDeath } from './told-deaths.ts';

export interface DeathsDeps {
  readonly store: Store;
  readonly events: EventLog;
  readonly stream: Stream;
  readonly logger: Logger;
  /** What is in memory of a life, if anything. */
  readonly recent: Recent;
  /** Where V8 leaves its reports and the service its notes; without it there are none. */
  readonly sharedDirectory: string | undefined;
}

/** A report's file may carry a time this much off the death's. */
const reportSlack_ms = 15_000;

/** Writes each death down once, with the minute before it; what is told of it later is added to the same one. */
export class Deaths {
  readonly #deps: DeathsDeps;
  #count: number;

  constructor(deps: DeathsDeps) {
    this.#deps = deps;
    this.#count = countDeaths(deps.store.database);
  }

  get count(): number {
    return this.#count;
  }

  /** A life is over at `time_ms`; `told` is what the supervisor knows of it. Known deaths take only what is new. */
  record(life: Life, time_ms: number, told: ToldDeath | undefined, unwatched: boolean): Death {
    const { store, stream, events, logger } = this.#deps;
    const { database, writer } = store;
    const known = deathOfLife(database, life.id);
    if (known !== undefined && told === undefined) return known;
    const id = known?.id ?? database.nextId('deaths');
    const death = this.#judge(id, life, Math.max(time_ms, life.last_seen_ms), told, unwatched);
    writer.write(() =>
      database.transaction(() => {
        saveDeath(database, life.id, death);
        endLife(database, life.id, death.time_ms);
      }),
    );
    stream.send('death', summaryOf(death));
    if (known === undefined) {
      this.#count += 1;
      logger.warn(
        { death: id, pid: life.pid, ended_by: death.ended_by },
        `the service died: ${death.known_by}`,
      );
      events.add(
        'death',
        inWords(death),
        { death: id, pid: life.pid, ended_by: death.ended_by },
        death.time_ms,
      );
    }
    return death;
  }

  /** A death of a life that this console never saw. */
  recordUnseen(told: ToldDeath): Death {
    const { database, writer } = this.#deps.store;
    const started_at_ms = Math.round(told.time - told.uptime_seconds * 1000);
    const life: Life = {
      id: database.nextId('lives'),
      pid: told.pid,
      started_at_ms,
      first_seen_ms: started_at_ms,
      last_seen_ms: started_at_ms,
      ended_at_ms: told.time,
    };
    writer.write(() => insertLife(database, life));
    return this.record(life, told.time, told, true);
  }

  /** It was no death: the same process answers again. */
  retract(life: Life): void {
    const { store, events } = this.#deps;
    store.writer.write(() =>
      store.database.transaction(() => {
        deleteDeath(store.database, life.id);
        endLife(store.database, life.id, null);
      }),
    );
    this.#count = countDeaths(store.database);
    events.add('fault', `Process ${life.pid} was only out of reach: it answers again`, { pid: life.pid });
  }

  #judge(id: number, life: Life, time_ms: number, told: ToldDeath | undefined, unwatched: boolean): Death {
    const { store, sharedDirectory } = this.#deps;
    const { database } = store;
    const from_ms = time_ms - window_ms;
    const recent = this.#deps.recent.of(life.id);
    return blackBox({
      id,
      life,
      time_ms,
      told,
      unwatched,
      note:
        sharedDirectory === undefined ? undefined : findEndingNote(join(sharedDirectory, 'endings'), life),
      report:
        sharedDirectory === undefined
          ? null
          : findReport(
              join(sharedDirectory, 'reports'),
              life.pid,
              Math.max(life.started_at_ms, life.last_seen_ms - reportSlack_ms),
              time_ms + reportSlack_ms,
            ),
      samples:
        recent?.samples.filter(({ time_ms: at }) => at >= from_ms) ??
        samplesOfLife(database, life.id, from_ms, time_ms),
      events: eventsBetween(database, from_ms, time_ms),
      reading: recent?.reading ?? (lastReadingOf(database, life.id) as Reading | undefined),
      allocations: allocationsAt(database, time_ms, from_ms, life.id) ?? null,
    });
  }
}
