import { expect, it } from 'vitest';
import { foldChain } from './fold-chain.ts';

const steps = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ edge: `.e${id}`, name: `n${id}`, id, source: null }));

it('a short path is shown whole', () => {
  expect(foldChain(steps(10))).toEqual({ root: [], folded: [], near: steps(10) });
  expect(foldChain([]).near).toEqual([]);
});

it('of a long one the root and what is near the object are shown, and none is lost', () => {
  const { root, folded, near } = foldChain(steps(22));
  expect([root.length, folded.length, near.length]).toEqual([1, 14, 7]);
  expect([...root, ...folded, ...near]).toEqual(steps(22));
});
