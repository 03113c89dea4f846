import { readFileSync, rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { cut, drop, figuresOf, flip, readDamaged } from '../testing/damage.ts';
import { asJsonReads, damagedAnywhere, damagedNumbers, layouts, tiny } from '../testing/damaged-chain.ts';
import { randomFrom } from '../testing/random-graph.ts';
import { takeSnapshots } from '../testing/take-snapshots.ts';

it('a real snapshot, damaged two thousand times, is refused or read, and nothing else happens', () => {
  const { folder, files } = takeSnapshots('take()');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bytes = readFileSync(files[0] as string);
  const random = randomFrom(2000);
  for (let round = 0; round < 667; round++) {
    expect(readDamaged(cut(bytes, random))).toBe('refused');
    readDamaged(flip(bytes, random));
    readDamaged(drop(bytes, random));
  }
});

it.each(layouts)(
  'each byte of the numbers is any other, with records %s: read as JSON reads it',
  (_, text) => {
    for (const { where, bytes } of damagedNumbers(text, 1)) {
      const damaged = figuresOf(bytes);
      if (damaged !== undefined) expect(damaged, where).toEqual(figuresOf(asJsonReads(bytes)));
    }
  },
);

it('each byte of a small snapshot is any other: it is refused or read', () => {
  for (const { bytes } of damagedAnywhere(tiny, 1)) readDamaged(bytes);
});
