import type { Incident, IncidentLevel } from '@leak-lab/incident';
import type { AnswerForm } from './answers/form.ts';
import type { Evidence } from './evidence.ts';
import type { Failure } from './trials/mended.ts';

/** What the lab itself knows to be right, by what it measured in this run. */
export type Truth =
  /** Right within a share of one of these: where there are two ways to measure, they may differ. */
  | {
      readonly kind: 'number';
      readonly values: readonly number[];
      readonly tolerance: number;
      /** By so much it may be off all the same, where what is measured may be next to nothing. */
      readonly noise?: number;
    }
  /** Any of these. */
  | { readonly kind: 'words'; readonly accepted: readonly string[] }
  /** The lab cannot know it yet, and says what it waits for. */
  | { readonly kind: 'unknown'; readonly waits_for: string };

/** What questions, effects and trials have in common. */
interface Asked {
  /** It is done while nobody asks the service: that no requests came stands in nobody's way. */
  readonly without_requests?: boolean;
  /** What of this lab's own stands in the way now, as it is seen, with what to do: the first hint then. */
  readonly in_the_way?: (evidence: Evidence) => string | undefined;
}

/** Asked in the words of `ask`, answered by a text. */
export interface Question extends Asked {
  readonly kind: 'question';
  readonly key: string;
  readonly ask: string;
  readonly form: AnswerForm;
  readonly truth: (evidence: Evidence) => Truth;
  /** What to look at, from a nudge to the way itself: never the answer. */
  readonly hints: readonly [string, string];
}

/** Whether something was brought about. */
export interface Sight {
  readonly seen: boolean;
  /** What was seen of it. */
  readonly saw: string;
  /** What a trial measured: kept, whether or not it was seen, so that others may be judged by it. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Something that the learner brings about, and the lab sees by itself. */
export interface Effect extends Asked {
  readonly kind: 'effect';
  readonly key: string;
  readonly ask: string;
  /** What must be seen, with its figures. */
  readonly expected: string;
  readonly look: (evidence: Evidence) => Sight;
  readonly hints: readonly [string, string];
}

/** What a trial works with. */
export interface Tools {
  readonly evidence: () => Evidence;
  /** Asks the service; any status is an answer. Rejects where there is none. */
  readonly service: (
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<{ status: number; json: unknown }>;
  /** Where the learner's copies are. */
  readonly work_directory: string;
  /** Requests as the lab's customers send them, sent to the service, and how many of them were answered and failed. */
  readonly send: (requests: number) => Promise<{ readonly answered: number; readonly failed: number }>;
  /** Holds the customers off, so that nobody asks but the trial; what it gives lets them back. */
  readonly hold: () => () => void;
  /** How far it is, for the one who waits. */
  readonly tell: (words: string) => void;
  /** The lab ends, or begins anew. */
  readonly signal: AbortSignal;
}

/** Something that has to be tried out, which takes seconds: only when a check is asked for. */
export interface Trial extends Asked {
  readonly kind: 'trial';
  /** Whether it is tried once more though it was passed, while something else is open: what it measures others are judged by. */
  readonly again?: boolean;
  readonly key: string;
  readonly ask: string;
  readonly expected: string;
  readonly attempt: (tools: Tools) => Promise<Sight>;
  readonly hints: readonly [string, string];
}

export type Item = Question | Effect | Trial;

/** Draws the seed of an incident that fits. */
export type Draw = (fits: (incident: Incident) => boolean) => number;

/** What a customer sends. */
export interface CustomersRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** JSON. */
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the customers' request number so many is, counted from 0, in an incident; `null` where there is none. */
export type Customers = (number: number, incident: Incident | null) => CustomersRequest;

/** What a lab cannot do without beside the service. */
export type Need = 'valkey';

/** How the lab begins. */
export interface Setup {
  /** The seeds of its incidents: the first is the service's, those of further services follow. None: nothing happens. */
  readonly seeds: (draw: Draw) => readonly number[];
  /** What its incidents are drawn from; 0 where it is not said. */
  readonly level?: IncidentLevel;
  /** What goes wrong in the first service is switched on and told, at once: no incident hides it. */
  readonly in_the_open?: boolean;
  /** Which file of the service's features the learner is to mend, in a copy. */
  readonly mend?: (incident: Incident) => string;
  /** What its customers ask each of its services for, requests a second; 0 where the learner drives. */
  readonly traffic_per_second: number;
  /** What they send to the first service; GET /api/data where it is not said. */
  readonly customers?: Customers;
  /** How much of `traffic_per_second` is asked so many seconds after the begin; all of it where it is not said. */
  readonly load_at?: (seconds: number) => number;
}

/** What a lab begins with, and what is asked then. */
export interface Part {
  /** The message of the one who is on call. */
  readonly call: string;
  readonly setup: Setup;
  readonly items: readonly Item[];
}

/** Tries a mended file, and says what it does not do. */
export type Behaviour = (path: string) => Promise<{ readonly failures: readonly Failure[] }>;

/** One lab of the course: `labs/NN-symptom/lab.ts` exports it as `lab`. It is its own first part. */
export interface Lab extends Part {
  /** Two digits. */
  readonly id: string;
  readonly title: string;
  /** In one sentence. */
  readonly learn: string;
  /** Of a person's time. */
  readonly minutes: readonly [number, number];
  /** Where it is not there, the lab does not begin, and nothing is changed. */
  readonly needs?: Need;
  /** How many services it has side by side; one where it is not said. */
  readonly services?: number;
  /** Each begins when all that the parts before it ask for is done. */
  readonly next?: readonly Part[];
  /** What a file of the service's features must still do when somebody has mended it, by its name: tried where the path leads. */
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
  /** Its answers are kept as they are given, and scored when it is over. */
  readonly drill?: boolean;
}
