/** An expectation that does not hold. */
export interface Failure {
  readonly expectation: string;
  /** What came in its place. */
  readonly came: string;
  /** The learner's file, by its name. */
  readonly file: string;
  /** Where to look, from 1. */
  readonly line: number | null;
}

/** What the process that tries says. */
export type Word =
  | { readonly kind: 'begins'; readonly expectation: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done' };
