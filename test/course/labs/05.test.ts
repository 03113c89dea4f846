import { expect, it } from 'vitest';
import { Terminal } from '../../texts/terminal.ts';
import { checkLab } from './support/author-check.ts';
import { fixesToTry, tryFixes } from './support/fix-session.ts';

it('lab 05', () => checkLab('05'));

it('lab 05 takes fixes that are right, whatever they look like, and no others', async () => {
  await using terminal = await Terminal.open('embedded');
  await terminal.run('./lab up --detach');
  const left = fixesToTry({ refused: 2, right: 2 });
  const first = await tryFixes(terminal, left);
  expect(first).toBe(3);
  expect(await tryFixes(terminal, left)).toBeGreaterThanOrEqual(1);
});
