import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Death } from '../../packages/lab/src/state/deaths.ts';
import type { LabState } from '../../packages/lab/src/state/lab-state.ts';
import type { DeathSummary, Death as SeenDeath } from '../../services/console/src/api/contract.ts';
import { ask } from './support/ask.ts';
import { labTest as it, type LabCommand, until, untilAnswer } from './support/lab-command.ts';
import { tracesOf } from './support/traces.ts';

interface HeapStatistics {
  readonly heap: { readonly heap_size_limit_bytes: number };
}

/** What the service wrote since its last start. */
const lastLife = (log: string) => log.slice(log.lastIndexOf('"msg":"listening"'));

/** Fills 256 MB within seconds. */
const big = ['--bytes', '1m'];

/** Deaths as the console has them, as soon as there is one. */
const deathsInConsole = (url: string) =>
  untilAnswer('the console to record the death', async () => {
    const { deaths } = await ask<{ deaths: DeathSummary[] }>(`${url}/api/deaths`);
    return deaths.length > 0 ? deaths : undefined;
  });

/** What console and commands say of the one death of the service of `begun`: how it ended, the minute before, the evidence. */
async function toldByTheConsole(lab: LabCommand, { console, service, limit }: LabState): Promise<void> {
  const deaths = await deathsInConsole(console.url);
  const told = lab.deaths();
  expect(deaths).toHaveLength(told.length);
  expect(deaths.at(-1)).toMatchObject({
    pid: service.process?.pid,
    ended_by: told[0]?.ended_by,
    inferred: false,
    exit_status: 137,
    limit_bytes: limit.limit_bytes,
  });
  const json = await lab.run('postmortem', '--json', String(deaths.at(-1)?.id));
  const { death, engine } = JSON.parse(json.stdout) as { death: SeenDeath; engine: null };
  expect(engine).toBeNull();
  const usage = death.samples.columns.usage_bytes.filter((bytes) => bytes !== null);
  expect(usage.length).toBeGreaterThanOrEqual(3);
  expect(usage.at(-1)).toBeGreaterThan(1.3 * (usage[0] ?? 0));
  expect(death.events.map(({ kind }) => kind)).toContain('leak_on');

  const text = (await lab.run('postmortem')).stdout;
  expect(text).toMatch(/^Death \d+ of the service/);
  expect(text).toMatch(/ended by +killed[\s\S]*The minute before/);
  expect((await lab.run('postmortem', '--markdown')).stdout).toMatch(/^# Death[\s\S]*## How it ended/);

  const verdict = await lab.run('verdict', '--last', '5m');
  expect(verdict.stdout).toMatch(/^Ends: +killed at 2\d\d MB/m);
  expect(await lab.run('verdict', '--from', 'noon')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--from is no moment'),
  });

  const file = join(lab.folder, 'evidence.tar.gz');
  const download = await lab.run('evidence', '--output', file);
  expect(download).toMatchObject({ code: 0, stdout: expect.stringContaining('evidence.tar.gz') });
  expect(statSync(file).size).toBeGreaterThan(1000);
  expect(existsSync(`${file}.partial`)).toBe(false);
  const again = await lab.run('evidence', '--output', file);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') });
}

describe.concurrent('the embedded lab', () => {
  it('is killed for real under load, comes back clean, tells of it, and leaves nothing', async ({ lab }) => {
    const begun = await lab.up();
    // At 100 KB a request V8's own limit is sometimes met before the kernel's.
    const { code, stdout } = await lab.run('leak', 'cache', 'on', '--bytes', '16k');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('cache is on, 16,384 bytes a request'),
    });

    const load = lab.watch('load', '--engine', 'autocannon', '--rate', '1800', '--json');
    await until('the load to see the return', () => load.stderr.includes('✓ The service is back'));
    await until('requests to the next process', () => lastLife(lab.log('service')).includes('/api/data'));
    const { code: loadCode, stdout: summaryText, stderr: shown } = await load.interrupt();
    expect(loadCode, shown).toBe(0);
    const summary = JSON.parse(summaryText);
    expect(summary.deaths, shown).toHaveLength(1);
    expect(summary.deaths[0].after_requests).toBeGreaterThan(100);
    // It went on after the restart.
    expect(summary.answered).toBeGreaterThan(summary.deaths[0].after_requests);
    expect(shown).toMatch(/✗ The service died after [\d,]+ requests and [\d.]+ s: /);

    const [death, ...more] = lab.deaths();
    expect(more).toEqual([]);
    const byKernel = begun.limit.kind.startsWith('cgroup');
    expect(death).toMatchObject({
      program: 'service',
      pid: begun.service.process?.pid,
      ended_by: byKernel ? 'kernel-oom-kill' : expect.stringMatching(/watchdog|kill/),
      exit_status: 137,
      memory_limit_bytes: 256 * 1024 ** 2,
    });
    expect(death?.last_memory_bytes).toBeGreaterThan(0.7 * 256 * 1024 ** 2);
    expect(lab.log('supervisor')).toMatch(/✗ The service died[\s\S]*known by[\s\S]*✓ The service is back/);

    const { stdout: now } = await lab.run('status', '--json');
    const status = JSON.parse(now);
    expect(status).toMatchObject({ running: 'embedded', healthy: true });
    expect(status.deaths.filter((one: Death) => one.program === 'service')).toHaveLength(1);
    expect(status.leaks.filter((leak: { enabled: boolean }) => leak.enabled)).toEqual([]);

    await toldByTheConsole(lab, begun);

    const end = lab.state();
    expect((await lab.run('down')).code).toBe(0);
    expect(await tracesOf(end)).toEqual([]);
    expect(lab.hasState()).toBe(false);
    expect((await lab.run('status')).code).toBe(3);
  });

  it('with --heap-limit is ended by V8, whose report is kept, and with --leak comes back leaking', async ({
    lab,
  }) => {
    await lab.up('--heap-limit', '64', '--leak', 'cache');
    const { service, console } = lab.state();
    await lab.run('leak', 'cache', 'on', '--bytes', '100k');
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '400');
    const death = await until('the death of the service', () => lab.deaths()[0]);
    expect(death).toMatchObject({ pid: service.process?.pid, ended_by: 'v8-heap-limit', exit_status: 134 });
    expect(death.evidence).toContain('FATAL ERROR');
    load.kill('SIGINT');
    await until('the service to be back', () => lab.log('supervisor').includes('The service is back'));
    const { leaks } = JSON.parse((await lab.run('status', '--json')).stdout);
    expect(leaks.find((leak: { id: string }) => leak.id === 'cache')).toMatchObject({ enabled: true });

    const [summary] = await deathsInConsole(console.url);
    const seen = await ask<SeenDeath>(`${console.url}/api/deaths/${summary?.id}`);
    expect(seen).toMatchObject({ ended_by: 'v8-heap-limit', exit_status: 134, inferred: false });
    expect(seen.report?.trigger).toMatch(/OOMError|FatalError/);
    expect((await lab.run('postmortem')).stdout).toMatch(/ended by V8[\s\S]*V8’s report +report\./);
  });

  it('under the watchdog dies by it, and says so', async ({ lab }) => {
    const { limit, service } = await lab.up('--limit-by', 'watchdog');
    expect(limit).toMatchObject({ kind: 'watchdog', reason: 'the watchdog was asked for' });
    // V8 keeps its heap as small as it would inside a cgroup.
    const { heap } = (await (await fetch(`${service.url}/admin/heap/statistics`)).json()) as HeapStatistics;
    expect(heap.heap_size_limit_bytes).toBeLessThanOrEqual(1.1 * limit.limit_bytes);
    await lab.run('leak', 'cache', 'on', ...big);
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '100');
    const death = await until('the death of the service', () => lab.deaths()[0]);
    expect(death).toMatchObject({ ended_by: 'watchdog', exit_status: 137 });
    load.kill('SIGINT');
  });
});
