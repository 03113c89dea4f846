import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, it } from 'vitest';
import { root } from '../../packages/lab/src/settings.ts';
import { doLabOnDocker } from '../course/labs/support/author-check.ts';
import { writeFigures } from './figures.ts';

const labs = globSync('labs/[0-9][0-9]-*', { cwd: root })
  .map((folder) => basename(folder))
  .toSorted();
const took_seconds = new Map<string, number>();

it.each(labs)('lab %s is done on Docker as its text is printed', async (lab) => {
  const begun_ms = performance.now();
  await doLabOnDocker(lab.slice(0, 2));
  took_seconds.set(lab, (performance.now() - begun_ms) / 1000);
});

afterAll(() =>
  writeFigures('labs-docker', 'The labs done on Docker as their texts are printed', [
    '| lab | passed, its answers as its text finds them | with the stack up and down |',
    '|---|---|---|',
    ...labs.map((lab) => {
      const seconds = took_seconds.get(lab);
      return `| ${lab} | ${seconds === undefined ? '**no**' : 'yes'} | ${seconds === undefined ? '-' : `${seconds.toFixed(0)} s`} |`;
    }),
  ]),
);
