import type { Judgement, More } from '../judge/judgement.ts';
import type { Steps } from '../judge/steps.ts';
import type { Unit } from '../samples/sample.ts';
import type { Estimate } from '../statistics/theil-sen.ts';

export type Finding = 'leak' | 'allocation pressure' | 'warm-up' | 'stable' | 'not enough data';

/** Where growth is: in the heap, outside of it, in neither (only resident memory shows it), in sockets, elsewhere. */
export type Where = 'heap' | 'external' | 'resident' | 'sockets' | 'another server';

/** The end of a life that another followed, or that is known to have ended. */
export interface Death {
  readonly time_seconds: number;
  /** By the limit: told so, or at four fifths of it and more at the last reading. */
  readonly killed: boolean;
  readonly used_bytes: number | null;
  readonly limit_bytes: number | null;
  /** Since the first reading of this life. */
  readonly requests: number | null;
}

export interface Verdict {
  readonly finding: Finding;
  /** The probability that the finding is right, 0 to 0.999, by the scatter of the readings; 0 of "not enough data". */
  readonly confidence: number;
  /** What memory grows by; `null` where it does not grow. */
  readonly unit: Unit | null;
  /** Units that went along with it: that it is one of these cannot be told apart. */
  readonly alike: readonly Unit[];
  /** Growth by one of `unit` with its 95 % interval; where nothing grows, what growth could be hidden, by a request. */
  readonly bytes_per_unit: Estimate | null;
  /** For growth by anything else the same by a request; `null` without requests. */
  readonly bytes_per_request: Estimate | null;
  /** Sockets left open for each of `unit`; `null` where they do not grow. */
  readonly sockets_per_unit: Estimate | null;
  /** `null` where memory grows evenly or not. */
  readonly steps: Steps | null;
  readonly where: Where | null;
  /** Whether it was seen to stay when the load was gone, and to go on with an equal load. */
  readonly afterLoad: boolean;
  readonly grown_bytes: number;
  /** How much garbage came and went above what is held; `null` where that was not read. */
  readonly garbage_bytes: number | null;
  /** At the rate of now, of a leak and of what may be one; `null` without a limit or where growth is not sure. */
  readonly seconds_to_limit: Estimate | null;
  readonly threshold_bytes: number;
  readonly more: More | null;
  readonly requests: number | null;
  readonly failed_requests: number | null;
  readonly deaths: readonly Death[];
  /** Each kind of memory by itself. */
  readonly judgements: readonly Judgement[];
  /** All that in the words of a person. */
  readonly sentence: string;
}
