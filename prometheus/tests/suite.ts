import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Promtool, run } from '../../packages/lab/src/alerts/promtool.ts';
import { cases } from './cases.ts';
import { rulesFolder, testRules } from './promtool.ts';

/** What the rules have to hold, by whichever promtool there is. */
export function testAllRules(promtool: Promtool): void {
  it('promtool finds the configuration and its rules right', async () => {
    const checked = await run(
      promtool,
      ['check', 'config', '--lint=all', join(rulesFolder, 'prometheus.yml')],
      [rulesFolder],
    );
    expect(checked, checked.text).toMatchObject({ code: 0 });
  });

  it.concurrent.each(cases())('$name', async ({ recording, expectations }) => {
    const tested = await testRules(promtool, recording, expectations);
    expect(tested, tested.text).toMatchObject({ code: 0 });
  });

  it('a rule that tells nothing is found out', async () => {
    const [leak] = cases();
    const wrong = (leak?.expectations ?? []).map((one) => ({ ...one, value: one.value + 1 }));
    expect(
      await testRules(promtool, leak?.recording ?? { interval_seconds: 2, series: {} }, wrong),
    ).toMatchObject({ code: 1 });
  });
}

interface Alert {
  readonly alert?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The alerts as they are written. */
export function readAlerts(): Alert[] {
  const { groups } = parse(readFileSync(join(rulesFolder, 'rules', 'alerts.rules.yml'), 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules).filter(({ alert }) => alert !== undefined);
}

/** Whether a path from the root of the project leads somewhere. */
export const exists = (path: string): boolean => existsSync(join(rulesFolder, '..', path));
