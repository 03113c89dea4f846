import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cut, drop, figuresOf, flip, readDamaged } from '../testing/damage.ts';
import { asJsonReads, damagedAnywhere, damagedNumbers, layouts, tiny } from '../testing/damaged-chain.ts';
import { randomFrom } from '../testing/random-graph.ts';
import { takeSnapshots } from '../testing/take-snapshots.ts';

// Each place with every sixth byte that may come there; with all of them: damaged.soak.ts.
describe('what is read of a damaged snapshot is what JSON itself says', () => {
  it.each(layouts)('whatever byte of its numbers is another, with records %s', (_, text) => {
    let read = 0;
    for (const { where, bytes } of damagedNumbers(text, 6)) {
      const damaged = figuresOf(bytes);
      if (damaged === undefined) continue;
      read++;
      expect(damaged, where).toEqual(figuresOf(asJsonReads(bytes)));
    }
    expect(read).toBeGreaterThan(100);
  });
});

describe('a damaged snapshot', () => {
  it('is refused when cut at any byte', () => {
    expect(readDamaged(tiny)).toBe('read');
    for (let length = 1; length < tiny.length; length++) {
      expect(readDamaged(tiny.subarray(0, length)), `cut at ${length}`).toBe('refused');
    }
  });

  it('is refused or read, whatever byte is another', () => {
    for (const { bytes } of damagedAnywhere(tiny, 6)) readDamaged(bytes);
  });

  it('of a real process is refused when cut, and never breaks the reader', () => {
    const { folder, files } = takeSnapshots('take()');
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const bytes = readFileSync(files[0] as string);
    const random = randomFrom(7);
    for (let round = 0; round < 12; round++) {
      expect(readDamaged(cut(bytes, random))).toBe('refused');
      readDamaged(flip(bytes, random));
      readDamaged(drop(bytes, random));
    }
  }, 120_000);
});
