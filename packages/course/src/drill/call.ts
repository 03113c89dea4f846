import { numbersOf } from '@leak-lab/incident';

/** Rows of draws that no incident is drawn from. */
const row = 64;

const openings = [
  'The orders service is on your pager:',
  'Sorry to wake you:',
  'Handing over to you:',
  'Support is asking, so am I:',
  'You have the pager now.',
] as const;

/** What somebody who has not looked can have seen of it: all of it is true of a leak and of a false alarm alike. */
const worries = [
  'memory does not look as it did, and the dashboard has an orange line',
  'someone says it "feels slow", someone else that it was restarted last night',
  'the capacity alert was close to firing, and nobody knows whether it would have been right',
  'its memory graph has a shape that we did not have last week',
  'the other team thinks it leaks; the team that wrote it says it is only warming up',
] as const;

const sinces = [
  (time: string) => `It has been so since the deployment at ${time}, which brought nine changes at once.`,
  (time: string) =>
    `The new version went out at ${time}; rolling back takes half a day, so tell us whether we must.`,
  (time: string) => `Configuration and code both changed at ${time}.`,
  (time: string) => `Since ${time} there are also new customers, so it may be just them.`,
] as const;

const requests = [
  'Is it a leak? If so what, how fast, and how long have we got?',
  'Find out whether we have to act, and where.',
  'We need a yes or a no, the place, and the time that is left.',
  'Tell us what it is before it tells us.',
] as const;

/** The message of a drill; it began at `begun_ms`, which is the time that it names. By the seed alone, never by what is wrong. */
export function callOf(seed: number, level: number, begun_ms: number): string {
  const numbers = numbersOf(seed, row + level);
  const time = new Date(begun_ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return [
    `${numbers.oneOf(openings)} ${numbers.oneOf(worries)}.`,
    numbers.oneOf(sinces)(time),
    numbers.oneOf(requests),
  ].join(' ');
}
