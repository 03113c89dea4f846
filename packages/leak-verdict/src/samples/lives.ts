import type { Sample } from './sample.ts';

/** The samples of one life of a process, in order of time. */
export type Life = readonly [Sample, ...Sample[]];

/**
 * The lives in `samples`, oldest first. A new one begins where the process is another, or its requests count anew.
 * Samples without a finite time are left out; of those of one moment and kind the last counts.
 */
export function livesOf(samples: readonly Sample[]): Life[] {
  const lives: [Sample, ...Sample[]][] = [];
  const timely = samples.filter(({ time_seconds }) => Number.isFinite(time_seconds));
  for (const sample of timely.toSorted((one, other) => one.time_seconds - other.time_seconds)) {
    const life = lives.at(-1);
    const before = life?.at(-1);
    if (life === undefined || before === undefined || isAnother(before, sample)) lives.push([sample]);
    else if (isAgain(before, sample)) life[life.length - 1] = sample;
    else life.push(sample);
  }
  return lives;
}

function isAgain(before: Sample, sample: Sample): boolean {
  return before.time_seconds === sample.time_seconds && before.collected === sample.collected;
}

function isAnother(before: Sample, sample: Sample): boolean {
  const [then, now] = [before.process ?? null, sample.process ?? null];
  if (then !== null && now !== null) return then !== now;
  return (sample.requests_total ?? Number.POSITIVE_INFINITY) < (before.requests_total ?? 0);
}
