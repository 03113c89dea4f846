import { bytes, seconds } from '../answers/numbers.ts';
import { choice, identifier } from '../answers/words.ts';
import type { Question } from '../lab.ts';
import { servicesFunctions } from '../measure/lines.ts';
import { files, orNone } from './forms.ts';
import { featureFiles, holders, nothing, units } from './places.ts';

export const isLeak = 'leak';
export const isNone = 'no leak';
export const never = 'never';
const none = 'none';

type Asked = Pick<Question, 'key' | 'ask' | 'form'>;

/** All that a drill asks, in the order in which one finds out. A word for "there is none" goes with each. */
const asked = [
  { key: 'finding', ask: 'Is it a leak?', form: choice(isLeak, isNone) },
  { key: 'grows_by', ask: 'What does it grow by?', form: choice(...units) },
  {
    key: 'bytes_each',
    ask: 'How many bytes stay of each of those?',
    form: orNone(bytes('bytes, as 12.3 KB or 12600', 200, 5_000_000), none),
  },
  {
    key: 'file',
    ask: 'Which file of the service keeps it? (More than one: all of them.)',
    form: orNone(files('a file, as some-file.ts; several parted by commas', featureFiles), none),
  },
  {
    key: 'function',
    ask: 'In which function?',
    form: orNone(identifier('its name, as a profile has it', servicesFunctions), none),
  },
  { key: 'holder', ask: 'What holds it?', form: choice(...holders) },
  {
    key: 'kill_in',
    ask: 'How long from now until the service is killed for it, as it goes on? (To be answered before it is.)',
    form: orNone(seconds('a time from now, as 80 s or 2 min 30 s', 10, 1_200), never),
  },
] as const satisfies readonly Asked[];

export type DrillKey = (typeof asked)[number]['key'];

/** Nothing is judged before the incident is over: an answer that was told to be wrong would be a hint. */
export const drillQuestions: readonly Question[] = asked.map((one) => ({
  ...one,
  kind: 'question',
  truth: () => ({ kind: 'unknown', waits_for: 'the end of the incident' }),
  hints: [
    'Nobody helps in an incident: the labs of the course show each of these ways.',
    'See docs/incidents.md.',
  ],
}));

/** An answer that says that there is none of it. */
export const saysNone = (given: string): boolean =>
  [none, never, nothing].includes(given.trim().toLowerCase()) || /^0\s*[a-z]*$/i.test(given.trim());
