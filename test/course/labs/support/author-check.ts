import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '@leak-lab/course';
import { expect } from 'vitest';
import { root } from '../../../../packages/lab/src/settings.ts';
import { runText } from '../../../texts/run-text.ts';
import { Author } from './author.ts';
import type { Solution } from './solution.ts';

/** What a check says of an answer that it does not take. */
const notTaken = /the lab cannot tell yet|that is not it|not even the order|off by|near, and not near enough/;

/**
 * Does a lab by its text as printed, in a real lab, and looks at it as its author must: untouched it fails, answers by the
 * text's way pass and by another way as well, each item alone missing fails, a reset forgets all.
 */
export async function checkLab(id: string): Promise<void> {
  const folder = globSync(`labs/${id}-*`, { cwd: root })[0] ?? '';
  const { lab } = (await load(folder, 'lab.ts')) as { lab: Lab };
  const { solution } = (await load(folder, 'solve.ts')) as { solution: Solution };
  let author: Author | undefined;
  await runText(`${folder}/README.md`, {
    mode: 'embedded',
    before: async (terminal) => {
      author = new Author(lab, solution, terminal);
      await author.untouched();
    },
    fill: async (command) => {
      const filled = await (author as Author).fill(command);
      await author?.notePart(command);
      return filled;
    },
    beforeEach: async (command) => {
      if (command.startsWith('./lab reset')) await author?.passed();
    },
    afterEach: async (command, output) => {
      author?.learner.see(output);
      if (notTaken.test(output)) author?.noteRecord(command);
      if (command.startsWith('./lab reset')) await author?.asNew();
    },
  }).catch((error: Error) => {
    const record = author?.record;
    throw record === undefined ? error : new Error(`${error.message}\n\n${record}`, { cause: error });
  });
  expect(author?.wasReset, `${folder}/README.md has ./lab reset at its end`).toBe(true);
}

/**
 * Does a lab by its text as printed, on Docker: the answers that its author's ways find there pass. What an untouched lab says, and
 * each item alone missing, is the same there: {@link checkLab} looks at that.
 */
export async function doLabOnDocker(id: string): Promise<void> {
  const folder = globSync(`labs/${id}-*`, { cwd: root })[0] ?? '';
  const { lab } = (await load(folder, 'lab.ts')) as { lab: Lab };
  const { solution } = (await load(folder, 'solve.ts')) as { solution: Solution };
  let author: Author | undefined;
  let wasReset = false;
  let usedStack = false;
  await runText(`${folder}/README.md`, {
    mode: 'docker',
    before: async (terminal) => {
      author = new Author(lab, solution, terminal);
    },
    fill: (command) => (author as Author).fill(command),
    beforeEach: async (command) => {
      // Without it ./lab start would begin an embedded lab, and all would seem to be well.
      usedStack ||= command.startsWith('./lab up --docker');
      if (!command.startsWith('./lab reset')) return;
      await (author as Author).allDone();
      wasReset = true;
    },
    afterEach: async (_, output) => author?.learner.see(output),
  });
  expect(usedStack, `${folder}/README.md starts the stack: sh docker, ./lab up --docker`).toBe(true);
  expect(wasReset, `${folder}/README.md has ./lab reset at its end`).toBe(true);
}

const load = (folder: string, file: string) => import(pathToFileURL(join(root, folder, file)).href);
