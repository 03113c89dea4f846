import type { Evidence, Patient, Session } from '@leak-lab/course';
import { type IncidentLevel, incidentOf } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';
import { allocationsAt } from '../store/allocations.ts';
import type { Database } from '../store/database.ts';
import { listDeaths, readDeath } from '../store/deaths.ts';
import { allDiffs } from '../store/diffs.ts';
import { eventsBetween } from '../store/events.ts';
import { listSnapshots } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';
import { verdictSamples } from '../store/verdict-samples.ts';

/** More of a lab is not looked at again each time: a person takes 10 to 25 minutes for one. */
const longest_ms = 45 * 60_000;

export interface Moment {
  readonly now_ms: number;
  /** What the session's seeds are of. */
  readonly level: IncidentLevel;
  readonly traffic_per_second: number;
  readonly service_is_up: boolean;
  /** What was seen of further services. */
  readonly patients: readonly Patient[];
  /** What goes wrong was switched on at once. */
  readonly inTheOpen: boolean;
}

/** A second in which the service did not answer says nothing; on a busy machine that is no end of a burst, a pause or a life. */
const isReading = ({ requests_total, used_bytes }: Sample): boolean =>
  requests_total != null || used_bytes != null;

/** What the record says of a lab, from its begin to now. */
export function gatherEvidence({ database }: Store, session: Session, moment: Moment): Evidence {
  const { now_ms, traffic_per_second, service_is_up, patients, inTheOpen, level } = moment;
  const { begun_ms, seeds } = session;
  const seen = seenOf(database, { seed: seeds[0], level, begun_ms, now_ms });
  return {
    ...seen,
    now_ms,
    begun_ms,
    onset_ms: inTheOpen && seen.incident !== null ? begun_ms : seen.onset_ms,
    traffic_per_second,
    service_is_up,
    deaths: listDeaths(database)
      .filter(({ time_ms }) => time_ms >= begun_ms)
      .toReversed()
      .map((death) => ({
        ...death,
        // Its whole minute is unpacked for it: only where somebody asks.
        get left_report() {
          return (readDeath(database, death.id)?.report ?? null) !== null;
        },
      })),
    events: eventsBetween(database, begun_ms, now_ms),
    diff: () => {
      const taken = new Map(listSnapshots(database).map(({ id, taken_at_ms }) => [id, taken_at_ms]));
      const isOwn = (taken_ms = 0) => taken_ms >= begun_ms && taken_ms <= now_ms;
      const own = [...allDiffs(database)].findLast(
        ({ before, after }) => isOwn(taken.get(before)) && isOwn(taken.get(after)),
      );
      return own === undefined
        ? null
        : own.rows.toSorted((a, b) => b.retained_delta_bytes - a.retained_delta_bytes);
    },
    patients,
    tries: session.tries,
  };
}

interface SeenOf {
  readonly seed: number | undefined;
  /** What the seed is of. */
  readonly level: IncidentLevel;
  readonly begun_ms: number;
  readonly now_ms: number;
}

/** What the record of one service says of it, from `begun_ms` on, when the incident of `seed` began there; `undefined`: nothing did. */
export function seenOf(
  database: Database,
  { seed, level, begun_ms, now_ms }: SeenOf,
): Pick<Evidence, 'incident' | 'onset_ms' | 'limit_bytes' | 'samples' | 'lines'> {
  const from_ms = Math.max(begun_ms, now_ms - longest_ms);
  const samples = verdictSamples(database, from_ms, now_ms).filter(isReading);
  const incident = seed === undefined ? null : incidentOf(seed, level);
  return {
    incident,
    onset_ms: incident === null ? null : begun_ms + incident.onset_seconds * 1000,
    limit_bytes: samples.at(-1)?.limit_bytes ?? null,
    samples,
    lines: () => {
      const life = samples.at(-1)?.process;
      const allocations = allocationsAt(
        database,
        now_ms,
        begun_ms,
        typeof life === 'number' ? life : undefined,
      );
      return allocations?.growing ?? [];
    },
  };
}
