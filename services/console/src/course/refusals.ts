import {
  drillId,
  type Failure,
  type Item,
  isDone,
  type Lab,
  openItems,
  type Session,
} from '@leak-lab/course';
import { HttpError } from '@leak-lab/json-service';
import { distance } from 'fastest-levenshtein';

export const unknownLab = (id: string, labs: readonly Lab[]): HttpError =>
  new HttpError(
    404,
    'unknown_lab',
    `Expected one of the labs ${labs.map((lab) => lab.id).join(', ')}; got ${JSON.stringify(id)}.`,
  );

export const noLab = (labs: readonly Lab[]): HttpError =>
  new HttpError(
    409,
    'no_lab',
    `No lab runs. ./lab start ${labs[0]?.id ?? '01'} begins the first; ./lab progress shows them all.`,
  );

export const otherLab = ({ id, title }: Lab): HttpError =>
  new HttpError(
    409,
    'lab_running',
    `Lab ${id} (${title}) is under way. Go on with it, end it with ./lab reset, or begin the other one in its place with --instead; what you have passed is kept.`,
    { lab: id },
  );

export function sameLab(lab: Lab, session: Session): HttpError {
  const { id, title } = lab;
  const items = openItems(lab, session);
  const done = items.filter(({ key }) => isDone(session, key)).length;
  return new HttpError(
    409,
    'lab_running',
    `Lab ${id} (${title}) is under way already, ${done} of ${items.length} done. Go on with it: ./lab check shows what is missing. To begin it anew, and give up what is done: ./lab start ${id} --instead.`,
    { lab: id },
  );
}

export const noPatients = (count: number, reason: string): HttpError =>
  new HttpError(
    409,
    'patients_missing',
    `This lab has ${count} services beside the first, and ${reason}. On Docker bring them up with docker compose --profile patients up -d; without Docker ./lab starts them itself, and ./lab status says what runs. Then start the lab again.`,
  );

export function unknownKey(key: string, { id, drill }: Lab, items: readonly Item[]): HttpError {
  const what = drill ? 'The incident' : `Lab ${id}`;
  const keys = items.filter(({ kind }) => kind === 'question').map((item) => item.key);
  const seen = items.find((item) => item.key === key);
  const nearest = nearestOf(key, keys);
  const message =
    seen === undefined
      ? `${what} has no question ${JSON.stringify(key)}; did you mean ${nearest}? It asks for ${keys.join(', ')}.`
      : `${key} is nothing to answer: it is seen by itself (${seen.ask}).`;
  return new HttpError(400, 'unknown_key', message, { nearest, keys });
}

/** Keys are long, and what is typed is often their begin: both count. */
function nearestOf(typed: string, keys: readonly string[]): string | undefined {
  const away = (key: string) =>
    Math.min(distance(typed, key), 1 + distance(typed, key.slice(0, typed.length)));
  return keys.toSorted((a, b) => away(a) - away(b))[0];
}

export const notAnAnswer = (key: string, expected: string, value: string): HttpError =>
  new HttpError(400, 'not_an_answer', `Expected for ${key} ${expected}; got ${JSON.stringify(value)}.`, {
    key,
  });

export const solutionClosed = (id: string): HttpError =>
  new HttpError(
    409,
    'solution_closed',
    `The solution of lab ${id} opens when you have passed it. To see it now, give up: ./lab solution ${id} --give-up.`,
  );

export const progressKept = (): HttpError =>
  new HttpError(
    409,
    'progress_kept',
    'The course has a progress of its own, which is kept. ./lab reset NN makes a lab as new.',
  );

export const tooLate = (key: string, time_ms: number): HttpError =>
  new HttpError(
    409,
    'too_late',
    `${key} is to be answered before it happens: the service was killed at ${new Date(time_ms).toLocaleTimeString('en-GB')}. What else is asked can still be answered.`,
  );

export const incidentUnderWay = (): HttpError =>
  new HttpError(
    409,
    'lab_running',
    'An incident is under way. Go on with it, end it with ./lab incident end, which scores what you answered, or begin another one in its place with --instead.',
    { lab: drillId },
  );

export const noIncident = (): HttpError =>
  new HttpError(
    409,
    'no_incident',
    'No incident is under way: ./lab incident begins one; ./lab incident history shows those that are over.',
  );

export const onlyLooking = (): HttpError =>
  new HttpError(
    409,
    'only_looking',
    'At level 1 nothing is done to the service, only found out. ./lab incident --level 2 asks for both.',
  );

export const doesNotBehave = (file: string, { expectation, came, line }: Failure): HttpError =>
  new HttpError(
    422,
    'does_not_behave',
    `Your ${file} does not do what it is for${line == null ? '' : ` (line ${line})`}: expected ${expectation}; came ${came}. The service has the one before.`,
    { file, line: line ?? null },
  );
