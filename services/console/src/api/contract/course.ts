/** The course: the labs, what is asked, what was seen. */

/** `passed` stays whatever is done afterwards. */
export type LabStanding = 'new' | 'begun' | 'running' | 'passed' | 'given_up';

/** `GET /api/course` is `{labs: LabSummary[], running: RunningLab | null}`; also the `course` event of the stream. */
export interface Course {
  readonly labs: readonly LabSummary[];
  readonly running: RunningLab | null;
}

export interface LabSummary {
  /** Two digits, as `02`. */
  readonly id: string;
  readonly title: string;
  /** What one will learn, in a sentence. */
  readonly learn: string;
  /** Of a person's time, from and to. */
  readonly minutes: readonly [number, number];
  readonly standing: LabStanding;
  readonly passed_at_ms: number | null;
}

/** `GET /api/course/labs/:id`. */
export interface LabText extends LabSummary {
  /** Where its files are in the repository, as `labs/02-steady-climb`. */
  readonly folder: string;
  /** The message that starts it, as the person on call gets it. */
  readonly call: string;
  /** How many services it has side by side. */
  readonly services: number;
  /** Whether it has the learner mend a file, of which a copy lies in `.lab/work`. */
  readonly mends: boolean;
  /** The lab's README as HTML, without its title. */
  readonly html: string;
  /** Open after passing or giving up: `POST /api/course/solution {lab, give_up?}` is `{html, markdown}`. */
  readonly solution: 'open' | 'closed';
}

/** `ok`: right, and it stays so; `wrong`: answered, and not right; `waiting`: cannot be judged yet; `open`: not answered, not seen; `kept`: an answer in an incident, scored when that is over. */
export type ItemState = 'ok' | 'wrong' | 'waiting' | 'open' | 'kept';

/** One thing that a lab asks for: an answer, or an effect on the service that the lab sees by itself. */
export interface LabItem {
  readonly key: string;
  readonly kind: 'question' | 'effect';
  /** The question, or what is to be done. */
  readonly ask: string;
  /** How an answer is written, as "bytes, as 12.3 KB"; of effects none. */
  readonly form: string | null;
  /** Where there are few answers, all of them. */
  readonly choices: readonly string[] | null;
  readonly state: ItemState;
  /** The last answer given. */
  readonly given: string | null;
  /** What the lab saw, and what it expected; never the answer. */
  readonly saw: string | null;
  readonly expected: string | null;
}

/** The lab that runs now. */
export interface RunningLab {
  readonly id: string;
  /** When the part that is under way began. */
  readonly started_at_ms: number;
  readonly items: readonly LabItem[];
  /** A lab may have parts, each of which begins when the one before is done, with a message of its own. */
  readonly part: { readonly number: number; readonly of: number; readonly call: string };
  /** How many services it has side by side: "a" is the first, "b" and "c" are the others. */
  readonly services: number;
  /** The file that the learner mends, by its name: a copy of it lies in `.lab/work`; or `null`. */
  readonly mends: string | null;
  readonly passed: boolean;
  /** The requests a second that the lab sends as its customers; 0 while they are held off. */
  readonly traffic_per_second: number;
  /** Those asked for so far, oldest first. */
  readonly hints: readonly string[];
  /** Where it is an incident: which; else `null`. */
  readonly incident: RunningDrill | null;
  /** What changed that one should know, as that the lab began anew; or `null`. */
  readonly notice: string | null;
}

/** An incident that is under way: its `id` is `incident`. It is what its seed and its level make it, and nothing says what that is. */
export interface RunningDrill {
  readonly seed: number;
  readonly level: IncidentLevel;
  /** When the clock began. */
  readonly begun_ms: number;
}

export type IncidentLevel = 1 | 2 | 3;

/** An incident that is over. */
export interface PastIncident {
  /** From 1 on, by when it was: `{replay: number}` begins the same again. */
  readonly number: number;
  readonly seed: number;
  readonly level: IncidentLevel;
  readonly begun_ms: number;
  readonly ended_ms: number;
  /** How many of its questions were answered. */
  readonly answered: number;
  readonly points: number;
  readonly of: number;
  /** Of all points; below 0 where a false alarm or a miss cost more than there was. */
  readonly percent: number;
  readonly parts: readonly PastPart[];
}

/** What one part of an answer brought. */
export interface PastPart {
  readonly key: string;
  readonly points: number;
  readonly of: number;
  readonly given: string | null;
  /** What was right, and how that is known. */
  readonly was: string;
}

/**
 * `GET /api/course/incidents` is `{incidents: PastIncident[]}`, newest first. `POST /api/course/incident {seed?, level?, replay?, instead?}` begins one,
 * `/incident/off {file}` and `/incident/mend {file}` act in it, and answer with a `Course`; `/incident/end {}` ends it and answers with its `PastIncident`.
 */
export type PastIncidents = { readonly incidents: readonly PastIncident[] };

/**
 * `POST /api/course/start {lab}`, `/check {}`, `/answer {key, value}`, `/hint {}`, `/traffic {per_second}` (`null`: as the lab
 * began) and `/reset {lab?}` (no lab runs after it) all answer with a `Course`; `/start` is 409 `lab_running` where a lab is under way, this or another,
 * unless `{lab, instead: true}`; `GET /progress` is all that is kept, and `POST /progress` takes it where nothing is known; `/answer` is 400 `unknown_key` or `not_an_answer`, and 409 `no_lab` where none runs.
 */
export type CourseAnswer = Course;
