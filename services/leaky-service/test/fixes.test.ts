/** Two fixes of lab 05; the soak has them all. */
import { expect, it } from 'vitest';
import { allFixes } from './fix-list.ts';
import { expectAsNamed } from './fixes.ts';

it.each([
  { id: 'cache', name: 'right-least-recently-used' },
  { id: 'listeners', name: 'wrong-only-slows' },
] as const)(
  '$name of $id is what it is called',
  async (fix) => {
    await expectAsNamed(fix);
  },
  60_000,
);

it('there are three right ones, three wrong ones and four that are broken of each leak', () => {
  const kinds = Object.groupBy(allFixes, ({ id, name }) => `${id} ${name.split('-')[0]}`);
  expect(Object.fromEntries(Object.entries(kinds).map(([kind, some]) => [kind, some?.length]))).toEqual(
    Object.fromEntries(
      ['cache', 'listeners', 'history'].flatMap((id) => [
        [`${id} right`, 3],
        [`${id} wrong`, 3],
        [`${id} broken`, 4],
      ]),
    ),
  );
});
