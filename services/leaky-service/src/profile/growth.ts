import { type Place, type Project, placeOf } from './attribution.ts';
import type { Sample, SampledStack } from './v8-profile.ts';

/** What of a reading is kept to compare later ones with: which samples were alive, and where they belong. */
export interface Baseline {
  readonly size_bytes: number;
  readonly samples: ReadonlyMap<number, PlacedSample>;
}

interface PlacedSample extends Sample {
  readonly place: Place;
}

/** How what one function holds has changed. */
export interface Change extends Place {
  readonly size_diff_bytes: number;
  /**
   * What the change is at least (in its own direction), in two cases of three: the samples are few, and one that came or
   * went by chance stands for as much as the interval. 0 where the change may be chance alone.
   */
  readonly at_least_bytes: number;
  readonly count_diff: number;
  readonly current_size_bytes: number;
  /** Samples that are new, and those that are gone. */
  readonly samples_new: number;
  readonly samples_gone: number;
}

export interface Growth {
  /** What is certain to have grown first. */
  readonly growing: readonly Change[];
  /** Memory given back. */
  readonly shrunk: readonly Change[];
  readonly total_bytes: number;
}

export function baselineOf(stacks: readonly SampledStack[], project: Project): Baseline {
  const samples = new Map<number, PlacedSample>();
  let size_bytes = 0;
  for (const { frames, samples: own } of stacks) {
    const place = placeOf(frames, project);
    for (const sample of own) {
      samples.set(sample.ordinal, { ...sample, place });
      size_bytes += sample.size_bytes;
    }
  }
  return { size_bytes, samples };
}

/** What changed between two readings of one profile. A sample that is in both cancels out and adds no uncertainty. */
export function growthBetween(before: Baseline, after: Baseline): Growth {
  const tallies = new Map<string, Tally>();
  for (const [ordinal, sample] of after.samples) {
    const tally = tallyFor(tallies, sample.place);
    tally.current_bytes += sample.size_bytes;
    if (!before.samples.has(ordinal)) tally.came.push(sample);
  }
  for (const [ordinal, sample] of before.samples) {
    if (!after.samples.has(ordinal)) tallyFor(tallies, sample.place).gone.push(sample);
  }
  const changes = [...tallies.values()]
    .filter(({ came, gone }) => came.length + gone.length > 0)
    .map(changeOf)
    .sort(mostCertainFirst);
  return {
    growing: changes.filter(({ size_diff_bytes }) => size_diff_bytes > 0),
    shrunk: changes.filter(({ size_diff_bytes }) => size_diff_bytes < 0),
    total_bytes: after.size_bytes - before.size_bytes,
  };
}

interface Tally {
  readonly place: Place;
  readonly came: Sample[];
  readonly gone: Sample[];
  current_bytes: number;
}

function tallyFor(tallies: Map<string, Tally>, place: Place): Tally {
  const known = tallies.get(place.location);
  if (known) return known;
  const tally: Tally = { place, came: [], gone: [], current_bytes: 0 };
  tallies.set(place.location, tally);
  return tally;
}

function changeOf({ place, came, gone, current_bytes }: Tally): Change {
  const size_diff_bytes = bytesOf(came) - bytesOf(gone);
  const chance_bytes = Math.sqrt(varianceOf(came) + varianceOf(gone));
  return {
    ...place,
    size_diff_bytes,
    at_least_bytes: Math.max(0, Math.round(Math.abs(size_diff_bytes) - chance_bytes)),
    count_diff: countOf(came) - countOf(gone),
    current_size_bytes: current_bytes,
    samples_new: came.length,
    samples_gone: gone.length,
  };
}

const bytesOf = (samples: readonly Sample[]): number => samples.reduce((sum, s) => sum + s.size_bytes, 0);
const countOf = (samples: readonly Sample[]): number => samples.reduce((sum, s) => sum + s.count, 0);

/** Horvitz and Thompson's estimate for objects that are met by chance, each with one of `count`; 0 for what is always met. */
const varianceOf = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { size_bytes, count }) => sum + size_bytes ** 2 * (1 - 1 / count), 0);

const mostCertainFirst = (a: Change, b: Change): number =>
  b.at_least_bytes - a.at_least_bytes || Math.abs(b.size_diff_bytes) - Math.abs(a.size_diff_bytes);
