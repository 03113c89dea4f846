import { drillOf, type IncidentRecord, type Lab, type Session } from '@leak-lab/course';
import type { PastIncident, RunningDrill } from '../api/contract.ts';

let made: { readonly session: string; readonly lab: Lab } | undefined;

/** The lab that a drill under way is; the same one for as long as it runs. */
export function labOfDrill({ seeds: [seed = 0], level = 1, begun_ms }: Session): Lab {
  const session = `${seed} ${level} ${begun_ms}`;
  if (made?.session !== session) made = { session, lab: drillOf({ seed, level, begun_ms }) };
  return made.lab;
}

/** What may be said of a drill under way. */
export const drillView = ({ seeds: [seed = 0], level = 1, begun_ms }: Session): RunningDrill => ({
  seed,
  level,
  begun_ms,
});

/** Those that are over, newest first, numbered by when they were. */
export const pastIncidents = (records: readonly IncidentRecord[]): PastIncident[] =>
  records.map((record, index) => ({ number: index + 1, ...record, percent: percentOf(record) })).toReversed();

const percentOf = ({ points, of }: IncidentRecord): number => Math.round((100 * points) / of);
