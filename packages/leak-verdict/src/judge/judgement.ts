import type { Cleaning } from '../samples/curve.ts';
import type { Kind } from '../samples/memories.ts';
import type { Unit } from '../samples/sample.ts';
import type { Estimate } from '../statistics/theil-sen.ts';
import type { Steps } from './steps.ts';

/** What a kind of memory does: grows on, has grown and levelled out, is flat, or it cannot be told. */
export type Course = 'grows' | 'levelled' | 'flat' | 'unclear';

/** How much more it takes to tell. */
export interface More {
  readonly amount: number;
  readonly unit: Unit;
  /** The same in seconds, at the rate so far. */
  readonly seconds: number | null;
  readonly why: string;
}

/** One kind of memory by itself, with its evidence. */
export interface Judgement {
  readonly kind: Kind | 'sockets';
  readonly cleaning: Cleaning;
  readonly course: Course;
  readonly unit: Unit;
  readonly alike: readonly Unit[];
  /** Whether two equal loads with a rest after each were held against each other. */
  readonly equalLoads: boolean;
  /** By so much a unit at the end; bytes, or sockets. `null` of fewer than four readings. */
  readonly rate: Estimate | null;
  /** The rate before that; a leak's is the same. */
  readonly rate_before: Estimate | null;
  /** From the first readings to the last. */
  readonly grown: number;
  readonly units: number;
  readonly steps: Steps | null;
  /** The probability that the course is right, 0 to 1; 0 where it is unclear. */
  readonly confidence: number;
  readonly more: More | null;
}
