import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { uids } from '../../grafana/src/links.ts';
import { installed } from '../../packages/lab/src/alerts/promtool.ts';
import { exists, readAlerts, testAllRules } from './suite.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn('promtool: not run (not on PATH; the tests of the stack run the one in its image)');

describe.runIf(hasPromtool)('the rules of Prometheus', () => testAllRules(installed));

describe('the alerts', () => {
  it('are the five that the lab promises', () =>
    expect(readAlerts().map(({ alert }) => alert)).toEqual([
      'MemoryLeakSuspected',
      'MemoryLimitSoon',
      'ValkeyLimitSoon',
      'ServiceDied',
      'ScrapeMissing',
    ]));

  it.each(readAlerts())(
    '$alert says what it is, what it means, and where its page is',
    ({ alert, annotations }) => {
      expect(annotations).toMatchObject({ summary: expect.any(String), description: expect.any(String) });
      expect(annotations?.['runbook']).toBe(`docs/runbooks/${alert}.md`);
      expect(exists(annotations?.['runbook'] ?? '')).toBe(true);
      expect(annotations?.['runbook_url']).toBe(
        `http://localhost:{{ $externalLabels.grafana_port }}/d/${uids.runbooks}`,
      );
    },
  );
});
