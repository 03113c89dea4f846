/** Every fix of lab 05, by ./lab check in a lab of its own: a start draws the leak, so it is started until all were tried. */
import { expect, it } from 'vitest';
import { fixesToTry, isEmpty, tryFixes } from '../course/labs/support/fix-session.ts';
import { Terminal } from '../texts/terminal.ts';

/** Nine right ones, one in each start; that a leak is not drawn three times in so many is one chance in a million. */
const mostStarts = 60;

it('lab 05 takes the nine that are right, and refuses the others with a reason', async () => {
  await using terminal = await Terminal.open('embedded');
  await terminal.run('./lab up --detach');
  const left = fixesToTry();
  let tried = 0;
  for (let start = 0; start < mostStarts && !isEmpty(left); start++) tried += await tryFixes(terminal, left);
  expect(left).toEqual({
    cache: { refused: [], right: [] },
    listeners: { refused: [], right: [] },
    history: { refused: [], right: [] },
  });
  expect(tried).toBe(30);
});
