import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Score, scoreOf } from '@leak-lab/alert-exercise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checked, checkRules, readRulesFile } from '../../src/alerts/check-rules.ts';
import { type PlayedTo, playScenes } from '../../src/alerts/play-scenes.ts';
import type { Promtool } from '../../src/alerts/promtool.ts';
import { readScenes, recordedByProject } from '../../src/alerts/stage.ts';
import { root } from '../../src/settings.ts';
import { type KeptAnswers, keptFile } from './replay.ts';
import { tricks } from './tricks.ts';

const ofTheProject = ['memory', 'alerts'].map((name) => join(root, `prometheus/rules/${name}.rules.yml`));
const most_ms = 30_000;

/**
 * What the exercise has to hold, by whichever promtool there is.
 * @param taken_ms reads what the checks have taken so far: of the clock, or of the processor where that can be told
 */
export function testExercise(promtool: Promtool, taken_ms: () => number): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rules-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (...paths: string[]): Promise<Checked> =>
    checkRules(paths.map(readRulesFile), {
      ...{ scenes: readScenes(), recordedBy: recordedByProject(), promtool },
      signal: new AbortController().signal,
      onPlayed: () => undefined,
    });
  const written = (text: string): string => {
    const path = join(folder, 'my.rules.yml');
    writeFileSync(path, text);
    return path;
  };
  it('the lab’s own rules have full marks, the same twice, within 30 s', {
    timeout: 10 * most_ms,
  }, async () => {
    const began_ms = taken_ms();
    const { score } = await check(...ofTheProject);
    expect(taken_ms() - began_ms).toBeLessThan(most_ms);
    expect(score.leaks.filter(({ in_time }) => !in_time)).toEqual([]);
    expect(score.healthy.filter(({ false_alarm }) => false_alarm !== null)).toEqual([]);
    expect(score).toMatchObject({ points: 100, not_judged: ['ServiceDied', 'ScrapeMissing'] });
    expect((await check(...ofTheProject)).score).toEqual(score);
  });

  it('the rule to start from has some, and not full marks', async () => {
    const { score } = await check(join(root, 'docs/alert-exercise.rules.yml'));
    expect(wrongOf(score)).toEqual(['keys', 'churn', 'churn-busy']);
    expect(score.points).toBeGreaterThan(15);
    expect(score.points).toBeLessThan(40);
    // What the tests without a promtool go by.
    if (process.env['KEEP_ANSWERS'])
      writeFileSync(keptFile, `${JSON.stringify(answersOf(score), null, 2)}\n`);
    expect(JSON.parse(readFileSync(keptFile, 'utf8')), 'KEEP_ANSWERS=1 keeps them').toEqual(answersOf(score));
  });

  describe('what knows nothing of memory, or too little, has next to nothing', () => {
    let played: PlayedTo;
    beforeAll(async () => {
      played = await playAll(promtool, folder);
    }, 3 * most_ms);

    it.for(tricks)('$what: at most $most', ({ what, expressions, most }) => {
      const alerts = expressions.map((_, number) => nameOf(what, number));
      const firings = played.firings.filter(({ alert }) => alerts.includes(alert));
      const score = scoreOf(readScenes(), alerts, firings);
      expect(score.points, JSON.stringify(score, null, 2)).toBeLessThanOrEqual(most);
    });
  });

  describe('what cannot be judged is told by file and line', () => {
    it.for([
      ['a part that is none', 'alert: A\n        exprr: up', /my\.rules\.yml:5: field exprr not found/],
      [
        'no PromQL, in the second line of an expression',
        'alert: A\n        expr: |\n          up == 1\n            and nonsense(up)',
        /my\.rules\.yml:7: .*unknown function/,
      ],
      [
        'a time that is none',
        'alert: A\n        expr: up == 1\n        for: ten',
        /my\.rules\.yml:6: not a valid duration string: "ten"/,
      ],
      [
        'what has two answers',
        'alert: A\n        expr: up * on (job) {__name__=~"nodejs_heap.*"}',
        /my\.rules\.yml:5: A cannot be evaluated/,
      ],
      ['no alert', 'record: a:b\n        expr: up', /my\.rules\.yml: there is no alerting rule/],
      [
        'an unknown metric',
        'alert: A\n        expr: heap_bytes > 5',
        /my\.rules\.yml:5: unknown metric "heap_bytes"/,
      ],
    ] as const)('%s', async ([, rule, message]) => {
      const path = written(`groups:\n  - name: mine\n    rules:\n      - ${rule}\n`);
      await expect(check(path)).rejects.toThrow(message);
      await expect(check(path)).rejects.toMatchObject({ exit_code: 2 });
    });
  });
}

const nameOf = (what: string, number: number) => `${what} ${number}`;

/** Plays the scenes once to all tricks, each alert under a name of its own. */
async function playAll(promtool: Promtool, folder: string): Promise<PlayedTo> {
  const file = join(folder, 'tricks.rules.yml');
  const rules = tricks.flatMap(({ what, expressions }) =>
    expressions.map((expr, number) => ({ alert: nameOf(what, number), expr })),
  );
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'tricks', rules }] }), { mode: 0o644 });
  // The user of Prometheus' image is another one.
  chmodSync(folder, 0o755);
  const played = await playScenes(readScenes(), {
    ...{ promtool, folder, workers: 2, onPlayed: () => undefined },
    rules: { files: [file], groups: ['tricks'] },
    signal: new AbortController().signal,
  });
  expect(played.failures).toEqual([]);
  return played;
}

/** Names of all in which something was not as it should be. */
const wrongOf = ({ leaks, healthy }: Score): string[] => [
  ...leaks.filter(({ in_time }) => !in_time).map(({ name }) => name),
  ...healthy.filter(({ false_alarm }) => false_alarm !== null).map(({ name }) => name),
];

/** When the one alert fired, by scene and span. */
function answersOf({ leaks, healthy }: Score): KeptAnswers {
  const begun = new Map(readScenes().map(({ name, loaded_seconds }) => [name, loaded_seconds]));
  const spoken = [
    ...leaks.map(({ name, fired }) => ({ name, spoke: fired })),
    ...healthy.map(({ name, false_alarm }) => ({ name, spoke: false_alarm })),
  ];
  return Object.fromEntries(
    spoken.flatMap(({ name, spoke }) =>
      spoke === null ? [] : [[`${name} since`, { [spoke.alert]: spoke.seconds + (begun.get(name) ?? 0) }]],
    ),
  );
}
