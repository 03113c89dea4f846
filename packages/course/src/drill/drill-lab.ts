import { type IncidentLevel, type IncidentLoad, incidentOf } from '@leak-lab/incident';
import type { Effect, Lab } from '../lab.ts';
import { callOf } from './call.ts';
import { customersOf, totalOf, waveOf } from './load.ts';
import { drillQuestions } from './questions.ts';

/** What a session of a drill has in the place of a lab's number. */
export const drillId = 'incident';

export type DrillLevel = Exclude<IncidentLevel, 0>;

/** What a drill is made of. */
export interface Drill {
  readonly seed: number;
  readonly level: DrillLevel;
  /** When it began, ms since the epoch: the message names the time. */
  readonly begun_ms: number;
}

/** A lab made of a seed and a level, which nothing is judged in before it is over. */
export function drillOf({ seed, level, begun_ms }: Drill): Lab {
  const incident = incidentOf(seed, level);
  const load = incident.load as IncidentLoad;
  return {
    id: drillId,
    title: `Incident ${seed}, level ${level}`,
    learn: 'Find out whether it is a leak, what, where, and how long there is.',
    minutes: [5, 20],
    call: callOf(seed, level, begun_ms),
    drill: true,
    ...(incident.leaks.some(({ id }) => id === 'keys') && { needs: 'valkey' as const }),
    setup: {
      seeds: () => [seed],
      level,
      traffic_per_second: totalOf(load),
      customers: customersOf(load),
      load_at: waveOf(load),
    },
    items: level === 1 ? drillQuestions : [...drillQuestions, keepItUp],
  };
}

/** Scored at the end: what is told before says only what was done. */
const keepItUp: Effect = {
  kind: 'effect',
  key: 'kept_up',
  ask: 'Keep the service up, or mend it; where nothing is wrong, let it alone.',
  expected: 'it is not killed any more: what leaks is off or mended, or it is restarted in time',
  look: ({ tries }) => ({
    seen: false,
    saw:
      tries.length === 0
        ? 'scored when the incident is over'
        : `${tries.map(({ key }) => key).join(', ')}; scored when the incident is over`,
  }),
  hints: [
    'A feature that is off leaks no more: ./lab incident off FILE. A restart in time gives it another life.',
    'Where it is flat afterwards, or lives longer than it had, it was kept up. See docs/incidents.md.',
  ],
};
