import type { Feature } from '../../../services/leaky-service/src/features/feature.ts';
import type { Bench } from './bench.ts';

/** One thing that a feature is there for. */
export interface Expectation<Subject extends Feature> {
  /** As a sentence that is true of it. */
  readonly says: string;
  /** The method of the feature that has most to do with it: where it fails, that is where to look. */
  readonly of: string;
  /** What came in its place; nothing where it holds. */
  readonly check: (bench: Bench<Subject>) => Promise<string | undefined>;
}

/** What a feature is there for, and what it is known by. */
export interface Purpose<Subject extends Feature> {
  readonly file: string;
  readonly className: string;
  /** Its methods beside those of every feature. */
  readonly methods: readonly string[];
  readonly expectations: readonly Expectation<Subject>[];
}
