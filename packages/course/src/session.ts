import { type Drill, drillId } from './drill/drill-lab.ts';
import type { Judged } from './judge.ts';
import type { Lab, Question, Sight } from './lab.ts';
import { openItems, partsOf } from './parts.ts';
import type { IncidentRecord, Progress, Session } from './progress.ts';

/** After so many wrong answers to a question with few choices the part of the lab begins anew with another seed: else one could try them all. */
const mostWrongOfFew = 2;
const few = 8;

/** A lab begins: nothing answered, nothing seen. */
export function beginLab(
  progress: Progress,
  lab: string,
  seeds: readonly number[],
  now_ms: number,
): Progress {
  const before = progress.labs[lab];
  return {
    ...progress,
    labs: {
      ...progress.labs,
      [lab]: {
        begun: (before?.begun ?? 0) + 1,
        passed_at_ms: before?.passed_at_ms ?? null,
        given_up: before?.given_up ?? false,
      },
    },
    session: {
      lab,
      seeds: [...seeds],
      part: 0,
      begun_ms: now_ms,
      traffic_per_second: null,
      answers: {},
      wrong: {},
      achieved: {},
      tries: [],
      hints: [],
      hinted: {},
      notice: null,
    },
  };
}

/** Another part of the lab begins, or the same one anew: what it and those after it ask for is open again. */
export function beginPart(
  session: Session,
  lab: Lab,
  part: number,
  seeds: readonly number[],
  now_ms: number,
): Session {
  const kept = new Set(
    partsOf(lab)
      .slice(0, part)
      .flatMap(({ items }) => items.map(({ key }) => key)),
  );
  const before = <Value>(of: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(of).filter(([key]) => kept.has(key)));
  const { answers, wrong, achieved } = session;
  return {
    ...session,
    seeds: [...seeds],
    part,
    begun_ms: now_ms,
    traffic_per_second: null,
    answers: before(answers),
    wrong: before(wrong),
    achieved: before(achieved),
    tries: [],
    notice: null,
  };
}

/** A drill begins: a lab of a seed and a level. It counts as no lab of the course. */
export function beginDrill(progress: Progress, drill: Drill, notice: string | null): Progress {
  const { session } = beginLab(progress, drillId, [drill.seed], drill.begun_ms);
  const incidents = progress.incidents.map((past) =>
    past.seed === drill.seed && past.level === drill.level ? untold(past) : past,
  );
  return { ...progress, incidents, session: session && { ...session, level: drill.level, notice } };
}

/** A record of an incident that is begun again: what was right in it would be the answer now. */
const untold = (past: IncidentRecord): IncidentRecord => ({
  ...past,
  parts: past.parts.map((part) => ({ ...part, given: null, was: 'not told any more: it was begun again' })),
});

/** An answer in a drill: kept as it is, in the place of the one before. */
export const withKept = (session: Session, key: string, value: string, now_ms: number): Session => ({
  ...session,
  answers: {
    ...session.answers,
    [key]: { value, given_at_ms: now_ms, state: 'kept', saw: 'kept; scored when the incident is over' },
  },
});

/** The drill is over: no session any more, and what came of it is kept. */
export const withRecord = (progress: Progress, record: IncidentRecord): Progress => ({
  ...progress,
  incidents: [...progress.incidents, record],
  session: null,
});

/** What an answer changes; `again` where the part has to begin anew by it. */
export function withAnswer(
  session: Session,
  question: Question,
  value: string,
  judged: Exclude<Judged, { verdict: 'refused' }>,
  now_ms: number,
): { readonly session: Session; readonly again: boolean } {
  const state = judged.verdict === 'right' ? 'ok' : judged.verdict;
  const { choices } = question.form;
  const isFew = choices !== null && choices.length <= few;
  const wrong = (session.wrong[question.key] ?? 0) + (state === 'wrong' ? 1 : 0);
  return {
    session: {
      ...session,
      answers: { ...session.answers, [question.key]: { value, given_at_ms: now_ms, state, saw: judged.saw } },
      wrong: { ...session.wrong, [question.key]: wrong },
      notice: null,
    },
    again: isFew && state === 'wrong' && wrong >= mostWrongOfFew,
  };
}

/** What was seen stays seen. */
export function withSight(session: Session, key: string, { seen, saw }: Sight, now_ms: number): Session {
  if (!seen || session.achieved[key] !== undefined) return session;
  return { ...session, achieved: { ...session.achieved, [key]: { at_ms: now_ms, saw } } };
}

/** Keeps what a trial measured, whatever was seen of it. */
export const withTry = (session: Session, key: string, { figures }: Sight, at_ms: number): Session =>
  figures === undefined
    ? session
    : { ...session, tries: [...session.tries, { key, at_ms, figures: { ...figures } }] };

export const isDone = (session: Session, key: string): boolean =>
  session.achieved[key] !== undefined || session.answers[key]?.state === 'ok';

/** Whether all is done that is asked for so far, and there is more to come. */
export const isPartDone = (session: Session, lab: Lab): boolean =>
  session.part + 1 < partsOf(lab).length && openItems(lab, session).every(({ key }) => isDone(session, key));

export const isPassed = (session: Session, lab: Lab): boolean =>
  partsOf(lab).every(({ items }) => items.every(({ key }) => isDone(session, key)));

/** Notes that the lab that runs was passed, once. */
export function withPass(progress: Progress, now_ms: number): Progress {
  const { session } = progress;
  const before = session === null ? undefined : progress.labs[session.lab];
  if (session === null || before === undefined || before.passed_at_ms !== null) return progress;
  return { ...progress, labs: { ...progress.labs, [session.lab]: { ...before, passed_at_ms: now_ms } } };
}

/** Whether the solution of a lab may be seen: it was passed, or given up. */
export function isOpen({ labs }: Progress, lab: string): boolean {
  const known = labs[lab];
  return known !== undefined && (known.passed_at_ms !== null || known.given_up);
}

/** The learner gives a lab up; what was passed stays passed. */
export function withGivenUp(progress: Progress, lab: string): Progress {
  const before = progress.labs[lab] ?? { begun: 0, passed_at_ms: null };
  return { ...progress, labs: { ...progress.labs, [lab]: { ...before, given_up: true } } };
}

/** No lab is under way any more; with the number of one, nothing is known of that. */
export function withoutSession({ labs, ...progress }: Progress, forget?: string): Progress {
  const { [forget ?? '']: _forgotten, ...others } = labs;
  return { ...progress, labs: others, session: null };
}

/** Another hint was given for an item. */
export const withHint = (
  session: Session,
  { key, words }: { readonly key: string; readonly words: string },
): Session => ({
  ...session,
  hints: [...session.hints, words],
  hinted: { ...session.hinted, [key]: (session.hinted[key] ?? 0) + 1 },
});
