import type { AnswerForm, Reading } from './form.ts';
import { readNumber } from './number-text.ts';

/** What a number may be followed by, and what one of it is. */
type Units = ReadonlyMap<string, number>;

const KB = 1024;
const byteUnits: Units = new Map([
  ['', 1],
  ['b', 1],
  ['byte', 1],
  ['bytes', 1],
  ...['k', 'kb', 'kib', 'kilobyte', 'kilobytes'].map((unit) => [unit, KB] as const),
  ...['m', 'mb', 'mib', 'megabyte', 'megabytes'].map((unit) => [unit, KB ** 2] as const),
  ...['g', 'gb', 'gib', 'gigabyte', 'gigabytes'].map((unit) => [unit, KB ** 3] as const),
]);
const secondUnits: Units = new Map([
  ['', 1],
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((unit) => [unit, 60] as const),
  ...['h', 'hour', 'hours'].map((unit) => [unit, 3600] as const),
]);
const counts: Units = new Map([['', 1]]);

/** Sizes in bytes. `lowest` and `highest` are what someone who has not looked might guess. */
export const bytes = (shown: string, lowest: number, highest: number): AnswerForm =>
  ofNumbers(shown, byteUnits, 'a size, as 12.3 KB or 12600', lowest, highest);

/** Times in seconds; "1 min 20 s" and "1:20" too. */
export const seconds = (shown: string, lowest: number, highest: number): AnswerForm =>
  ofNumbers(shown, secondUnits, 'a time, as 80 s, 1.5 min or 1 min 20 s', lowest, highest);

/** How many there are of something. */
export const count = (shown: string, lowest: number, highest: number): AnswerForm =>
  ofNumbers(shown, counts, 'a number', lowest, highest);

function ofNumbers(
  shown: string,
  units: Units,
  expected: string,
  lowest: number,
  highest: number,
): AnswerForm {
  return {
    shown,
    choices: null,
    read: (text) => readQuantity(text, units) ?? { kind: 'refused', expected },
    same: (words) => words,
    // Evenly over the orders of magnitude: nobody guesses sizes evenly over bytes.
    guess: (random) => String(Number((lowest * (highest / lowest) ** random()).toPrecision(3))),
  };
}

function readQuantity(text: string, units: Units): Reading | undefined {
  const clock = units === secondUnits ? /^\s*(\d+):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text) : null;
  if (clock !== null) {
    const parts = clock.slice(1).filter((part) => part !== undefined);
    return { kind: 'numbers', values: [parts.reduce((sum, part) => sum * 60 + Number(part), 0)] };
  }
  let sums: readonly number[] = [];
  let rest = text.trim().toLowerCase();
  while (rest !== '') {
    const number = readNumber(rest);
    // "1 min 20 s" is one time; "12 KB 3" is nothing.
    if (number === undefined || (sums.length > 0 && units !== secondUnits)) return undefined;
    const [, word = '', after = ''] = /^([a-zµ]*)\.?(.*)$/s.exec(number.rest.replace(/^\//, ' per ')) ?? [];
    const factor = units.get(word);
    if (factor === undefined) return undefined;
    const values = number.values.map((value) => value * factor);
    sums = sums.length === 0 ? values : sums.flatMap((sum) => values.map((value) => sum + value));
    rest = after
      .trim()
      .replace(/^(?:,|and|per|a|an|each|\/)?\s*(?:request|second|req)s?$/, '')
      .trim();
  }
  return sums.length === 0 || sums.some((sum) => sum < 0) ? undefined : { kind: 'numbers', values: sums };
}
