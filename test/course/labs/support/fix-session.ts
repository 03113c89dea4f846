import { join } from 'node:path';
import { expect } from 'vitest';
import { type LabLeak, purposes } from '../../../../labs/05-stop-the-bleeding/behaviour/purposes.ts';
import { fixOf } from '../../../../labs/05-stop-the-bleeding/solve.ts';
import { allFixes, type Fix } from '../../../../services/leaky-service/test/fix-list.ts';
import type { Terminal } from '../../../texts/terminal.ts';
import { writeFix } from './write-fix.ts';

/** What is left to be tried, by the leak that a start may draw. */
export type ToTry = Record<LabLeak, { refused: Fix[]; right: Fix[] }>;

/** All fixes of lab 05; `most` of those that are refused, and of the right ones, of each leak. */
export function fixesToTry(
  most = { refused: Number.POSITIVE_INFINITY, right: Number.POSITIVE_INFINITY },
): ToTry {
  const ofLeak = (id: LabLeak) => {
    const [right = [], refused = []] = [true, false].map((isRight) =>
      allFixes.filter((fix) => fix.id === id && fix.name.startsWith('right') === isRight),
    );
    // The wrong ones first: of what is broken the service's own tests have enough.
    const wrongFirst = refused.toSorted((a, b) => b.name.localeCompare(a.name));
    return { refused: wrongFirst.slice(0, most.refused), right: right.slice(0, most.right) };
  };
  return { cache: ofLeak('cache'), listeners: ofLeak('listeners'), history: ofLeak('history') };
}

/**
 * Starts lab 05 anew and has ./lab check try what is left of the leak that was drawn: all that is to be refused, and one right one,
 * which ends the lab. Takes what was tried out of `left`; gives how many that were.
 */
export async function tryFixes(terminal: Terminal, left: ToTry): Promise<number> {
  await say(terminal, './lab reset 05');
  await say(terminal, './lab start 05');
  const status = await say(terminal, './lab status');
  const id = /^\s*(\w+)\s+on\s/m.exec(status)?.[1] as LabLeak;
  const { refused, right } = left[id];
  const next = right.shift();
  const tried = refused.splice(0);
  for (const fix of tried) {
    const { code, output } = await check(terminal, fix);
    expect({ fix, code, output }).toMatchObject({
      code: 1,
      output: expect.stringMatching(/✘ Mend your copy[^\n]*\n\s+saw\s+\S.*(line \d|\.ts:\d|bytes left)/),
    });
  }
  if (next === undefined) return tried.length;
  const { code, output } = await check(terminal, next);
  expect({ fix: next, output }).toMatchObject({ output: expect.stringMatching(/✔ Mend your copy/) });
  // What is to be brought about beside it nobody did.
  expect(code).toBe(1);
  return tried.length + 1;
}

/** Whether all were tried. */
export const isEmpty = (left: ToTry): boolean =>
  Object.values(left).every(({ refused, right }) => refused.length === 0 && right.length === 0);

function check(terminal: Terminal, { id, name }: Fix) {
  writeFix(fixOf(id, name), join(terminal.folder, '.lab/work', purposes[id].file));
  return terminal.run('./lab check');
}

async function say(terminal: Terminal, command: string): Promise<string> {
  const { code, output } = await terminal.run(command);
  expect({ command, code, output }).toMatchObject({ code: 0 });
  return output;
}
