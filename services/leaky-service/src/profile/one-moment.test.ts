import { expect, it } from 'vitest';
import { asOfTree } from './one-moment.ts';
import type { HeapProfile } from './protocol.ts';

const callFrame = {
  functionName: 'work',
  scriptId: '1',
  url: 'file:///a.js',
  lineNumber: 0,
  columnNumber: 0,
};
const head = {
  callFrame,
  selfSize: 100,
  id: 1,
  children: [{ callFrame, selfSize: 60, id: 2, children: [] }],
};
const known = [
  { nodeId: 2, size: 60, ordinal: 7 },
  { nodeId: 1, size: 100, ordinal: 3 },
];
const withMore = (...more: HeapProfile['samples'][number][]): HeapProfile => ({
  head,
  samples: [...more, ...known],
});

it('leaves a profile alone whose list and tree agree', () => {
  const profile = withMore();
  expect(asOfTree(profile)).toBe(profile);
});

it('leaves out what was sampled after the tree was made, also of functions that it lacks', () => {
  const later = withMore({ nodeId: 1, size: 30, ordinal: 8 }, { nodeId: 9, size: 500, ordinal: 9 });
  expect(asOfTree(later)).toEqual({ head, samples: known });
});

it('takes nothing away where the latest samples do not explain the difference', () => {
  const other = withMore({ nodeId: 1, size: 30, ordinal: 1 });
  expect(asOfTree(other)).toBe(other);
});
