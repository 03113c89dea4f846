import { type Incident, type IncidentLevel, mostSeed } from './incident.ts';
import { incidentOf } from './incident-of.ts';

/** An incident that one seed in a thousand has is found within this many draws all but surely. */
const mostDraws = 100_000;

/**
 * A seed whose incident fits, drawn anew each time; `random` gives numbers from 0 up to but not 1.
 * Throws `RangeError` where none fits within 100,000 draws.
 */
export function seedFor(
  fits: (incident: Incident) => boolean,
  {
    level = 0,
    random = Math.random,
  }: { readonly level?: IncidentLevel; readonly random?: () => number } = {},
): number {
  for (let draw = 0; draw < mostDraws; draw++) {
    const seed = Math.floor(random() * (mostSeed + 1));
    if (fits(incidentOf(seed, level))) return seed;
  }
  throw new RangeError(`Expected an incident that fits; of ${mostDraws} that were drawn none does.`);
}
