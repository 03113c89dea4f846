import type { Phase, Sample } from '@leak-lab/leak-verdict';
import type { Counts } from './counts.ts';
import type { MemoryReader, Reading } from './memory-reader.ts';
import type { Sender } from './sender.ts';

/** How often memory is read at a rest. */
export interface Rest {
  readonly readings: number;
  readonly interval_seconds: number;
}

export interface ProcedureOptions {
  readonly reader: MemoryReader;
  readonly sender: Sender;
  /** Of both loads together. */
  readonly requests: number;
  /** Sent before the baseline, and not judged. {@link usualWarmUp} by default. */
  readonly warmUp?: number;
  /** Before the first load and after each; at least five readings. 5, half a second apart, by default. */
  readonly rest?: Rest;
  /** At the end, when all is over. 10, three seconds apart, by default. */
  readonly idle?: Rest;
  /** Into so many parts is each load divided at least; memory is read after each. 10 by default, up to 40 of large loads. */
  readonly parts?: number;
  /** Between the last answer and the next reading, for the target to let go of connections. 0.2 by default. */
  readonly settle_seconds?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the procedure with what is known so far. */
  readonly signal?: AbortSignal | undefined;
}

/** Where a procedure stands. */
export interface Progress {
  readonly phase: Phase;
  readonly elapsed_seconds: number;
  /** Of the loads, without the warm-up. */
  readonly counts: Counts;
  readonly requests_planned: number;
  /** The newest reading. */
  readonly reading: Reading;
  /** The first of the baseline; `undefined` before it. */
  readonly initial: Reading | undefined;
  /** Which reading of a rest this was: 1 is the first; `undefined` under load. */
  readonly number: number | undefined;
  /** Rests that are over: baseline, and after each load. */
  readonly rests_done: number;
  /** While the loads were sent, so far. */
  readonly load_seconds: number;
}

/** How a procedure ended. */
export type Outcome =
  | { readonly kind: 'complete' }
  /** Told to stop. */
  | { readonly kind: 'stopped' }
  /** The target ended, or another process answers in its place. */
  | { readonly kind: 'ended'; readonly during: Phase; readonly restarted: boolean; readonly why: string }
  /** It runs, but nobody answers requests any more. */
  | { readonly kind: 'silent'; readonly during: Phase; readonly why: string };

export interface ProcedureResult {
  readonly samples: readonly Sample[];
  /** Of the loads, without the warm-up. */
  readonly counts: Counts;
  readonly warmUp: Counts;
  /** While the loads were sent. */
  readonly load_seconds: number;
  readonly seconds: number;
  readonly outcome: Outcome;
  /** The life that was measured, as the reader names it. */
  readonly process: Sample['process'];
}

export const usualRest: Rest = { readings: 5, interval_seconds: 0.5 };
export const usualIdle: Rest = { readings: 10, interval_seconds: 3 };
/** So that a target sees the end of its connections before it is read. */
export const usualSettling_seconds = 0.2;
/** A server has its code compiled and its pools filled after so many; a small run warms up by two fifths of its own. */
const fullWarmUp = 2_000;
const warmUpOfRequests = 0.4;
const [usualParts, mostParts] = [10, 40];
const requestsOfAPart = 500;

/** How many requests go before the baseline. */
export const usualWarmUp = (requests: number): number =>
  Math.min(fullWarmUp, Math.max(1, Math.ceil(warmUpOfRequests * requests)));

/** Into how many parts a load is divided: each takes readings, which take time. */
export const usualPartsOf = (load: number): number =>
  Math.min(mostParts, Math.max(usualParts, Math.round(load / requestsOfAPart)));
