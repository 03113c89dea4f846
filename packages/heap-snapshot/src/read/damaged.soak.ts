import { readFileSync, rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { cut, drop, flip, readDamaged } from '../testing/damage.ts';
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
