import type { Incident } from '@leak-lab/incident';

/** Within what an incident is to lie. */
export interface Within {
  /** Bytes of each request. */
  readonly least: number;
  readonly most: number;
  /** When it has begun at the latest. */
  readonly latest_seconds: number;
}

/** Whether an incident is one of these by itself, of a size that suits. */
export const one =
  (ids: readonly string[], { least, most, latest_seconds }: Within) =>
  ({ leaks: [leak, ...others], onset_seconds }: Incident): boolean =>
    leak !== undefined &&
    others.length === 0 &&
    ids.includes(leak.id) &&
    leak.bytes_per_request >= least &&
    leak.bytes_per_request <= most &&
    onset_seconds <= latest_seconds;

/** The same in an order drawn anew; `random` gives numbers from 0 up to but not 1. */
export function shuffled<Value>(values: readonly Value[], random: () => number = Math.random): Value[] {
  return values
    .map((value) => ({ value, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

/** Whether an incident is several at once, of a size that together suits. */
export const several =
  ({ least, most, latest_seconds }: Within) =>
  ({ leaks, onset_seconds }: Incident): boolean => {
    const together = leaks.reduce((sum, { bytes_per_request }) => sum + bytes_per_request, 0);
    return leaks.length > 1 && together >= least && together <= most && onset_seconds <= latest_seconds;
  };
