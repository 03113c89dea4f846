import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cut, drop, figuresOf, flip, readDamaged } from '../testing/damage.ts';
import { randomFrom } from '../testing/random-graph.ts';
import { takeSnapshots } from '../testing/take-snapshots.ts';
import { type TinyNode, tinyBytes } from '../testing/tiny-snapshot.ts';

/** A chain of nodes, whose numbers are enough for every way there is to read them. */
const chain = tinyBytes([
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
]);
const layouts: [string, string][] = [
  ['on one line', Buffer.from(chain).toString()],
  ['on lines of their own, as V8 writes them', inLines(Buffer.from(chain).toString())],
];

/** Puts each record on a line of its own. */
function inLines(text: string): string {
  const broken = (numbers: string, fields: number) =>
    numbers.replaceAll(new RegExp(`((?:\\d+,){${fields - 1}}\\d+),`, 'g'), '$1\n,');
  return text
    .replace(/(?<="nodes":\[)[^\]]*/, (numbers) => broken(numbers, 6))
    .replace(/(?<="edges":\[)[^\]]*/, (numbers) => broken(numbers, 3));
}

describe('what is read of a damaged snapshot is what JSON itself says', () => {
  it.each(layouts)('whatever byte of its numbers is another, with records %s', (_, text) => {
    const whole = Buffer.from(text);
    const from = whole.indexOf('"nodes"');
    const to = whole.indexOf('"trace_tree"');
    let read = 0;
    for (let at = from; at < to; at++) {
      for (const byte of Buffer.from('\0\t \n",-.+0159:[]e{}\x7f\xff', 'latin1')) {
        const copy = Buffer.from(whole);
        copy[at] = byte;
        const damaged = figuresOf(copy);
        if (damaged === undefined) continue;
        read++;
        // Zeros ahead of a number are none of JSON's, and change nothing.
        const json = copy.toString().replace(/(?<=[[,\s])0+(?=\d)/g, '');
        const again = Buffer.from(JSON.stringify(JSON.parse(json)));
        expect(damaged, `byte ${at} is ${byte}`).toEqual(figuresOf(again));
      }
    }
    expect(read).toBeGreaterThan(100);
  });
});

describe('a damaged snapshot', () => {
  const tiny = Buffer.from(
    tinyBytes([
      { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
      { type: 'object', name: 'Fo"o\\', size: 8, edges: [{ type: 'property', name: 'ünï', to: 2 }] },
      { type: 'string', name: 'text', size: 16 },
    ]),
  );

  it('is refused when cut at any byte', () => {
    expect(readDamaged(tiny)).toBe('read');
    for (let length = 1; length < tiny.length; length++) {
      expect(readDamaged(tiny.subarray(0, length)), `cut at ${length}`).toBe('refused');
    }
  });

  it('is refused or read, whatever byte is another', () => {
    for (let at = 0; at < tiny.length; at++) {
      for (const byte of [0, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0xff]) {
        const copy = Uint8Array.from(tiny);
        copy[at] = byte;
        readDamaged(copy);
      }
    }
  });

  it('of a real process is refused when cut, and never breaks the reader', () => {
    const { folder, files } = takeSnapshots('take()');
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const bytes = readFileSync(files[0] as string);
    const random = randomFrom(7);
    for (let round = 0; round < 34; round++) {
      expect(readDamaged(cut(bytes, random))).toBe('refused');
      readDamaged(flip(bytes, random));
      readDamaged(drop(bytes, random));
    }
  }, 120_000);
});
