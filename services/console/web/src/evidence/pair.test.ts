import { expect, it } from 'vitest';
import type { SnapshotRecord } from '../../../src/api/contract.ts';
import { pairOf } from './pair.ts';

const taken = (id: number, pid: number, fault: string | null = null): SnapshotRecord => ({
  id,
  pid,
  fault,
  taken_at_ms: id * 1000,
  file: '',
  size_bytes: 1,
  live_heap_bytes: 1,
  seconds: 1,
  pinned: false,
});

const none = { before: null, after: null };

it('by itself compares the two newest of one process that can be read', () => {
  const shelf = [taken(1, 7), taken(2, 7), taken(3, 8), taken(4, 7), taken(5, 7, 'its file is gone')];
  expect(pairOf(shelf, none)).toEqual({ before: 2, after: 4 });
  expect(pairOf([taken(1, 7), taken(2, 8)], none)).toEqual({ before: 1, after: 2 });
});

it('keeps what was chosen, until it is gone', () => {
  const shelf = [taken(1, 7), taken(2, 7), taken(3, 7)];
  expect(pairOf(shelf, { before: 1, after: 3 })).toEqual({ before: 1, after: 3 });
  expect(pairOf(shelf, { before: 3, after: 1 })).toEqual({ before: 3, after: 1 });
  expect(pairOf(shelf.slice(1), { before: 1, after: 3 })).toEqual({ before: 2, after: 3 });
});

it('one alone is compared with nothing', () => {
  expect(pairOf([taken(1, 7)], none)).toEqual({ before: null, after: 1 });
  expect(pairOf([], none)).toEqual(none);
});
