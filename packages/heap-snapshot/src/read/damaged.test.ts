import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cut, drop, flip, readDamaged } from '../testing/damage.ts';
import { randomFrom } from '../testing/random-graph.ts';
import { takeSnapshots } from '../testing/take-snapshots.ts';
import { tinyBytes } from '../testing/tiny-snapshot.ts';

describe('a damaged snapshot', () => {
  const tiny = tinyBytes([
    { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
    { type: 'object', name: 'Fo"o\\', size: 8, edges: [{ type: 'property', name: 'ünï', to: 2 }] },
    { type: 'string', name: 'text', size: 16 },
  ]);

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
