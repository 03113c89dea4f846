import { quantile } from '../statistics/median.ts';
import type { Sample } from './sample.ts';

const leastFloors = 12;
const ofMany = 24;
const mostFloors = 60;
/** A fall by this part of what readings spread over is a collection. */
const fallOfSpread = 0.25;

/**
 * The lower envelope of a sawtooth: of each of 12 to 60 stretches the reading with the least in use. A stretch spans at
 * least two collections where there are so many, so that each reaches its floor. Fewer than 24 readings come back as
 * they are.
 */
export function floorsOf(samples: readonly Sample[], bytes: (sample: Sample) => number): readonly Sample[] {
  if (samples.length < 2 * leastFloors) return samples;
  const values = samples.map(bytes);
  const least = samples.length >= 4 * ofMany ? ofMany : leastFloors;
  const floors = Math.min(mostFloors, Math.max(least, Math.floor(fallsIn(values) / 2)));
  const stretches = Map.groupBy(samples, (_, index) => Math.floor((index * floors) / samples.length));
  return [...stretches.values()].map((stretch) =>
    stretch.reduce((least, sample) => (bytes(sample) < bytes(least) ? sample : least)),
  );
}

/** How often memory falls by more than a part of its own spread between neighbours. */
function fallsIn(values: readonly number[]): number {
  const steps = values.slice(1).map((value, index) => value - (values[index] as number));
  const falls = steps.filter((step) => step < 0).map((step) => -step);
  const least = fallOfSpread * quantile(falls, 0.95);
  return falls.filter((fall) => fall >= least).length;
}
