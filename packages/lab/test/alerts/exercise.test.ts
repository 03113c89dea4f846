import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed } from '../../src/alerts/promtool.ts';
import { root } from '../../src/settings.ts';
import { testExercise } from './exercise.ts';
import { timed } from './processor-time.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn('promtool: not run (not on PATH; the tests of the stack run the one in its image)');

describe.runIf(hasPromtool)('the alert exercise', () => {
  const { promtool, taken_ms } = timed(installed);
  testExercise(promtool, taken_ms);
});

it('the exercise’s page shows the rule to start from as it is', () => {
  const read = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
  expect(read('alert-exercise.md')).toContain(`\`\`\`yaml\n${read('alert-exercise.rules.yml')}\`\`\`\n`);
});
