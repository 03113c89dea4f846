import {
  type Evidence,
  endedByMemory,
  isDone,
  judge,
  type Lab,
  nextHint,
  openItems,
  type Question,
  type Session,
  withAnswer,
  withHint,
  withKept,
} from '@leak-lab/course';
import { notAnAnswer, tooLate, unknownKey } from './refusals.ts';

/** A session after an answer; `notice` is why the part of the lab has to begin anew by it. */
export interface Answered {
  readonly session: Session;
  readonly notice: string | null;
}

/** What answers are held against. */
export interface Recorded {
  readonly evidence: () => Evidence;
  /** Resolves when what happened before the call is in it. */
  readonly newest: () => Promise<void>;
  readonly now_ms: () => number;
}

/**
 * Takes an answer; one to a question that is done changes nothing. What is not right by the record so far is held against the
 * newest as well: a collection a moment ago may be all that was missing. Rejects with 400 for a key that no open question has, and
 * for what cannot be read as an answer.
 */
export async function answerIn(
  lab: Lab,
  session: Session,
  { key, value }: { readonly key: string; readonly value: string },
  { evidence, newest, now_ms }: Recorded,
): Promise<Answered> {
  const items = openItems(lab, session);
  const question = items.find((item): item is Question => item.kind === 'question' && item.key === key);
  if (question === undefined) throw unknownKey(key, lab, items);
  if (lab.drill) return { session: keptIn(session, question, value, evidence(), now_ms()), notice: null };
  let judged = judge(question, value, evidence());
  if (judged.verdict !== 'refused' && isDone(session, key)) return { session, notice: null };
  if (judged.verdict === 'wrong' || judged.verdict === 'waiting') {
    await newest();
    judged = judge(question, value, evidence());
  }
  if (judged.verdict === 'refused') throw notAnAnswer(key, judged.expected, value);
  const after = withAnswer(session, question, value, judged, now_ms());
  return { session: after.session, notice: after.again ? noticeOf(question, session) : null };
}

/** Kept as it was understood, and judged when it is over. Throws 409 for a time that has come already. */
function keptIn(
  session: Session,
  { key, form }: Question,
  value: string,
  { deaths, onset_ms }: Evidence,
  now_ms: number,
): Session {
  const reading = form.read(value);
  if (reading.kind === 'refused') throw notAnAnswer(key, reading.expected, value);
  const killed = deaths.find(
    ({ time_ms, ended_by }) => endedByMemory.has(ended_by) && time_ms >= (onset_ms ?? 0),
  );
  if (key === 'kill_in' && killed !== undefined) throw tooLate(key, killed.time_ms);
  return withKept(session, key, reading.kind === 'words' ? reading.words : value.trim(), now_ms);
}

/** A session with one more hint; `session` itself where none is left, or the last one still says it. */
export function withNextHint(lab: Lab, session: Session, evidence: Evidence): Session {
  const hint = nextHint(lab, session, evidence);
  return hint === undefined || session.hints.at(-1) === hint.words ? session : withHint(session, hint);
}

function noticeOf({ ask }: Question, { part }: Session): string {
  const what = part === 0 ? 'lab' : 'part';
  return `Two wrong answers to "${ask}": with so few choices a third would be a guess. The ${what} began anew, with other figures.`;
}
