import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { StressReport } from '../../packages/lab/src/stress/report.ts';
import { labTest, until } from '../embedded/support/lab-command.ts';

const megabyte = 2 ** 20;

const within15Percent = ({ verdict }: Pick<StressReport, 'verdict'>, set_bytes: number): void => {
  const kept = (verdict.bytes_per_request?.value ?? 0) / set_bytes;
  expect(kept).toBeGreaterThan(0.85);
  expect(kept).toBeLessThan(1.15);
};

labTest(
  'a whole stress of the cache within 75 s; then one that it dies of, compared with that',
  async ({ lab }) => {
    await lab.up();
    await lab.run('leak', 'cache', 'on', '--bytes', '2048');
    const began_ms = performance.now();
    const whole = await lab.run(
      'stress',
      '--requests',
      '5000',
      '--json',
      '--junit',
      join(lab.folder, 'stress.xml'),
    );
    expect((performance.now() - began_ms) / 1000).toBeLessThan(75);
    expect(whole.code).toBe(1);
    const report = JSON.parse(whole.stdout) as StressReport;
    expect(report.result.counts).toMatchObject({ requests: 5_000, failed: 0 });
    expect(report.verdict).toMatchObject({
      finding: 'leak',
      unit: 'request',
      where: 'heap',
      afterLoad: true,
    });
    within15Percent(report, 2_048);
    expect(whole.stderr).toMatch(/load {2}[\d,]+ of 5,000 requests {2}memory [\d.]+ MB of 256 MB/);
    expect(readFileSync(join(lab.folder, 'stress.xml'), 'utf8')).toContain('failures="1"');

    const before = join(lab.folder, 'before.json');
    writeFileSync(before, whole.stdout);
    await lab.run('leak', 'cache', 'on', '--bytes', '16384');
    const deadly = await lab.run('stress', '--requests', '60000', '--json', '--compare', before);
    const { result, verdict, cause_of_end, comparison } = JSON.parse(deadly.stdout) as StressReport;
    expect(result.outcome).toMatchObject({ kind: 'ended', during: 'load', restarted: true });
    expect(cause_of_end).toMatch(/want of memory/);
    const [death] = verdict.deaths;
    expect(death).toMatchObject({ killed: true, limit_bytes: 256 * megabyte });
    expect(death?.used_bytes).toBeGreaterThan(0.75 * 256 * megabyte);
    expect(verdict.finding).toBe('leak');
    within15Percent({ verdict }, 16_384);
    expect(verdict.sentence).toMatch(
      /^The process was killed at \d+ MB of 256 MB after [\d,]+ requests\. A leak: /,
    );
    expect(comparison?.sentence).toMatch(/% more\. Before: leak; after: leak\.$/);
    expect(deadly.code).toBe(1);
  },
);

labTest('Ctrl-C ends it with what is known, and no good code', async ({ lab }) => {
  await lab.up();
  const command = lab.watch('stress');
  await until('the first load', () => / load {2}/.test(command.stderr));
  const { code, stdout } = await command.interrupt();
  expect(stdout).toContain('Stopped before the end.');
  expect(stdout).toContain('Verdict on what is known');
  expect(code).toBe(2);
});
