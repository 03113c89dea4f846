import { type TinyNode, tinyBytes } from './tiny-snapshot.ts';

/** A chain of nodes, whose numbers are enough for every way there is to read them. */
const chain = Buffer.from(
  tinyBytes([
    { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
    ...Array.from(
      { length: 12 },
      (_, at): TinyNode => ({
        type: 'object',
        name: at % 3 ? 'Link' : 'Object',
        size: 8 * at + 8,
        edges: [
          { type: 'property', name: 'next', to: at === 11 ? 1 : at + 2 },
          { type: at % 2 ? 'element' : 'internal', name: at % 2 ? at * 1000 : 'map', to: 13 },
        ],
      }),
    ),
    { type: 'hidden', name: 'system / Map', size: 40 },
  ]),
).toString();

/** Three nodes, with names that JSON must escape. */
export const tiny = Buffer.from(
  tinyBytes([
    { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
    { type: 'object', name: 'Fo"o\\', size: 8, edges: [{ type: 'property', name: 'ünï', to: 2 }] },
    { type: 'string', name: 'text', size: 16 },
  ]),
);

/** The chain in the ways that its records may be laid out. */
export const layouts: readonly (readonly [name: string, text: string])[] = [
  ['on one line', chain],
  ['on lines of their own, as V8 writes them', inLines(chain)],
];

/** Puts each record on a line of its own. */
function inLines(text: string): string {
  const broken = (numbers: string, fields: number) =>
    numbers.replaceAll(new RegExp(`((?:\\d+,){${fields - 1}}\\d+),`, 'g'), '$1\n,');
  return text
    .replace(/(?<="nodes":\[)[^\]]*/, (numbers) => broken(numbers, 6))
    .replace(/(?<="edges":\[)[^\]]*/, (numbers) => broken(numbers, 3));
}

/** What a byte of a number may turn into that JSON or the scanner treats in a way of its own. */
const others = Buffer.from('\0\t \n",-.+0159:[]e{}\x7f\xff', 'latin1');
/** The same anywhere in a snapshot. */
const othersAnywhere = Buffer.from('\0 ",-09[\\]{}\xff', 'latin1');

/**
 * A chain's text with one byte of its numbers another, and where: each of its places with each `every`th of the bytes that
 * may come there, other ones at the next place.
 */
export function damagedNumbers(text: string, every: number): Iterable<Damaged> {
  const whole = Buffer.from(text);
  return damagedAt(whole, {
    from: whole.indexOf('"nodes"'),
    to: whole.indexOf('"trace_tree"'),
    others,
    every,
  });
}

/** As {@link damagedNumbers}, of any bytes and anywhere in them. */
export function damagedAnywhere(whole: Uint8Array, every: number): Iterable<Damaged> {
  return damagedAt(whole, { from: 0, to: whole.length, others: othersAnywhere, every });
}

interface Damaged {
  readonly where: string;
  readonly bytes: Buffer;
}

interface Places {
  readonly from: number;
  readonly to: number;
  readonly others: Uint8Array;
  readonly every: number;
}

function* damagedAt(whole: Uint8Array, { from, to, others, every }: Places): Generator<Damaged> {
  for (let at = from; at < to; at++) {
    for (let other = at % every; other < others.length; other += every) {
      const bytes = Buffer.from(whole);
      bytes[at] = others[other] as number;
      yield { where: `byte ${at} is ${others[other]}`, bytes };
    }
  }
}

/** What JSON itself makes of it, written again. Throws where it is no JSON. */
export function asJsonReads(bytes: Buffer): Buffer {
  // Zeros ahead of a number are none of JSON's, and change nothing.
  const json = bytes.toString().replace(/(?<=[[,\s])0+(?=\d)/g, '');
  return Buffer.from(JSON.stringify(JSON.parse(json)));
}
