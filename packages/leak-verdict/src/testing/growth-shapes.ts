import type { Seeded } from './seeded.ts';

/** Where a server stands: what it was asked so far. */
export interface Stand {
  readonly requests: number;
  readonly seconds: number;
}

/** What a server holds beyond its start, bytes, and how many events, connections and payload bytes that took. */
export interface Shape {
  readonly held: (stand: Stand) => number;
  readonly events?: (stand: Stand) => number;
  readonly connections?: (stand: Stand) => number;
  readonly payload?: (stand: Stand) => number;
}

/** The same for each request. */
export const even = (kept_bytes: number): Shape => ({ held: ({ requests }) => kept_bytes * requests });

/** A chunk each so many requests. */
export const chunks = (kept_bytes: number, each: number): Shape => ({
  held: ({ requests }) => kept_bytes * each * Math.floor(requests / each),
});

/** Something is kept at each of some events that come between requests now and then. */
export function byEvents(random: Seeded, kept_bytes: number, mean: number): Shape {
  const places = [0];
  for (let index = 0; index < 2_000; index += 1) {
    places.push((places.at(-1) ?? 0) + mean * (0.1 - 0.9 * Math.log(1 - random.next())));
  }
  const events = ({ requests }: Stand): number => places.findIndex((place) => place > requests) - 1;
  return { events, held: (stand) => kept_bytes * events(stand) };
}

/** By time, load or none. */
export const byTime = (bytes_per_second: number): Shape => ({
  held: ({ seconds }) => bytes_per_second * seconds,
});

/** A cache whose keys come again the more often the fuller it is. */
export const saturating = (capacity_bytes: number, requests: number): Shape => ({
  held: (stand) => capacity_bytes * (1 - Math.exp(-stand.requests / requests)),
});

/** A bounded cache whose keys never come again: even growth until it is full. */
export const bounded = (kept_bytes: number, capacity_bytes: number): Shape => ({
  held: ({ requests }) => Math.min(capacity_bytes, kept_bytes * requests),
});

/** A pool that is made at the first of it, at once. */
export const pool = (bytes: number, at: number): Shape => ({
  held: ({ requests }) => (requests >= at ? bytes : 0),
});

export const nothing: Shape = { held: () => 0 };

/** What is first read, compiled and filled, on top of another shape. */
export const afterWarmUp = (shape: Shape, bytes: number, requests: number): Shape => ({
  ...shape,
  held: (stand) => shape.held(stand) + saturating(bytes, requests).held(stand),
});
