import * as v from 'valibot';

const answer = v.object({
  value: v.string(),
  given_at_ms: v.number(),
  state: v.picklist(['ok', 'wrong', 'waiting', 'kept']),
  saw: v.string(),
});
const achieved = v.object({ at_ms: v.number(), saw: v.string() });

const attempt = v.object({ key: v.string(), at_ms: v.number(), figures: v.record(v.string(), v.number()) });

const session = v.object({
  lab: v.string(),
  /** Of a drill: what its seed is drawn at. */
  level: v.optional(v.picklist([1, 2, 3])),
  /** Of the incidents: the first is the service's, those of further services follow; none where nothing happens. */
  seeds: v.array(v.number()),
  /** The part of the lab that is under way, from 0 on. */
  part: v.optional(v.number(), 0),
  /** When that part began. */
  begun_ms: v.number(),
  /** What the learner set it to; `null`: as the lab begins. */
  traffic_per_second: v.nullable(v.number()),
  answers: v.record(v.string(), answer),
  /** Wrong answers to questions with few choices, by question. */
  wrong: v.record(v.string(), v.number()),
  achieved: v.record(v.string(), achieved),
  /** What trials measured in that part. */
  tries: v.optional(v.array(attempt), []),
  hints: v.array(v.string()),
  /** How many hints an item has had. */
  hinted: v.record(v.string(), v.number()),
  notice: v.nullable(v.string()),
});

/** An incident that is over. */
const record = v.object({
  seed: v.number(),
  level: v.picklist([1, 2, 3]),
  begun_ms: v.number(),
  ended_ms: v.number(),
  /** How many of the questions were answered. */
  answered: v.number(),
  points: v.number(),
  of: v.number(),
  parts: v.array(
    v.object({
      key: v.string(),
      points: v.number(),
      of: v.number(),
      given: v.nullable(v.string()),
      was: v.string(),
    }),
  ),
});

const progress = v.object({
  version: v.literal(1),
  /** Oldest first. */
  incidents: v.optional(v.array(record), []),
  labs: v.record(
    v.string(),
    v.object({ begun: v.number(), passed_at_ms: v.nullable(v.number()), given_up: v.boolean() }),
  ),
  session: v.nullable(session),
});

/** A lab under way: everything of it that must survive. */
export type Session = v.InferOutput<typeof session>;
/** What a learner has done, as it is kept. */
export type Progress = v.InferOutput<typeof progress>;

export type IncidentRecord = v.InferOutput<typeof record>;

export const noProgress: Progress = { version: 1, incidents: [], labs: {}, session: null };

/** Whether nothing was reached that could be lost: no lab begun, no incident over. */
export const isBlank = ({ labs, incidents }: Progress): boolean =>
  Object.keys(labs).length === 0 && incidents.length === 0;

/** Throws an `Error` that says what is wrong with it. */
export function readProgress(text: string): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${(error as Error).message})`);
  }
  return checkProgress(value);
}

/** The same of what is JSON already. */
export function checkProgress(value: unknown): Progress {
  const result = v.safeParse(progress, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
}
