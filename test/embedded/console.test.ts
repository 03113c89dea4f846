import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Death, DeathSummary, Now, SampleSeries } from '../../services/console/src/api/contract.ts';
import { ask } from './support/ask.ts';
import { labTest as it, until, untilAnswer } from './support/lab-command.ts';

const megabyte = 1024 ** 2;

/** Deaths as the console has them, as soon as there is one. */
const firstDeath = (url: string) =>
  untilAnswer('the console to record the death', async () => {
    const { deaths } = await ask<{ deaths: DeathSummary[] }>(`${url}/api/deaths`);
    return deaths.length > 0 ? deaths : undefined;
  });

describe.concurrent('the console of the embedded lab', () => {
  it('comes up with the lab, has the page, and sees the service', async ({ lab }) => {
    const { console } = await lab.up();
    expect(lab.log('supervisor')).toContain(`console   ${console.url}`);
    expect(await (await fetch(console.url)).text()).toContain('<script');
    const now = await untilAnswer('the first sample', async () => {
      const answer = await ask<Now>(`${console.url}/api/now`);
      return answer.sample === null ? undefined : answer;
    });
    expect(now).toMatchObject({
      mode: 'embedded',
      service: { state: 'up', pid: lab.state().service.process?.pid },
    });
    expect(now.sample?.limit_bytes).toBe(256 * megabyte);
    const { stdout } = await lab.run('status');
    expect(stdout).toContain(`console   ${console.url} answers`);
  });

  it('keeps what it saw of the service through its kill, and ./lab postmortem tells it', async ({ lab }) => {
    const { console, service, limit } = await lab.up();
    // At 100 KB a request V8's own limit is sometimes met before the kernel's.
    await lab.run('leak', 'cache', 'on', '--bytes', '16k');
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '1800');
    const deaths = await firstDeath(console.url);
    load.kill('SIGINT');
    const told = lab.deaths();
    expect(deaths).toHaveLength(told.length);
    expect(deaths.at(-1)).toMatchObject({
      pid: service.process?.pid,
      ended_by: told[0]?.ended_by,
      inferred: false,
      exit_status: 137,
      limit_bytes: limit.limit_bytes,
    });
    await until('the service to be back', () => lab.log('supervisor').includes('The service is back'));

    const json = await lab.run('postmortem', '--json', String(deaths.at(-1)?.id));
    const { death, engine } = JSON.parse(json.stdout) as { death: Death; engine: null };
    expect(engine).toBeNull();
    const usage = death.samples.columns.usage_bytes.filter((bytes) => bytes !== null);
    expect(usage.length).toBeGreaterThanOrEqual(3);
    expect(usage.at(-1)).toBeGreaterThan(1.3 * (usage[0] ?? 0));
    expect(death.events.map(({ kind }) => kind)).toContain('leak_on');

    const text = (await lab.run('postmortem')).stdout;
    expect(text).toMatch(/^Death \d+ of the service/);
    expect(text).toMatch(/ended by +killed[\s\S]*The minute before/);
    expect((await lab.run('postmortem', '--markdown')).stdout).toMatch(/^# Death[\s\S]*## How it ended/);

    const file = join(lab.folder, 'evidence.tar.gz');
    const download = await lab.run('evidence', '--output', file);
    expect(download).toMatchObject({ code: 0, stdout: expect.stringContaining('evidence.tar.gz') });
    expect(statSync(file).size).toBeGreaterThan(1000);
    expect(existsSync(`${file}.partial`)).toBe(false);
    const again = await lab.run('evidence', '--output', file);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') });
  });

  it('that is killed itself comes back with all it had, and the service never noticed', async ({ lab }) => {
    const { console, service } = await lab.up();
    const samples = (from: number) =>
      ask<SampleSeries>(`${console.url}/api/samples?from=${from}&to=${Date.now()}&points=600`);
    const begun = Date.now() - 60_000;
    const before = await untilAnswer('some samples', async () => {
      const { columns } = await samples(begun);
      return columns.time_ms.length >= 3 ? columns.time_ms : undefined;
    });
    process.kill(console.process?.pid ?? 0, 'SIGKILL');
    await until('another console', () => lab.state().console.process?.pid !== console.process?.pid);
    const after = await untilAnswer('the console to be back', () => samples(begun).catch(() => undefined));
    expect(after.columns.time_ms).toEqual(expect.arrayContaining([...before]));
    expect(lab.state().service).toEqual(service);
    expect(lab.deaths()).toEqual([]);
    expect(lab.log('supervisor')).toContain('✗ The console died');
  });

  it('has V8’s report where V8 ended the service', async ({ lab }) => {
    const { console } = await lab.up('--heap-limit', '128');
    await lab.run('leak', 'cache', 'on', '--bytes', '100k');
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '400');
    const [summary] = await firstDeath(console.url);
    load.kill('SIGINT');
    const death = await ask<Death>(`${console.url}/api/deaths/${summary?.id}`);
    expect(death).toMatchObject({ ended_by: 'v8-heap-limit', exit_status: 134, inferred: false });
    expect(death.report?.trigger).toMatch(/OOMError|FatalError/);
    expect((await lab.run('postmortem')).stdout).toMatch(/ended by V8[\s\S]*V8’s report +report\./);
  });
});

it('without a console ./lab postmortem and ./lab evidence say what to do', async ({ lab }) => {
  for (const command of ['postmortem', 'evidence']) {
    const { code, stderr } = await lab.run(command);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The console does not answer at http:\/\/127[\s\S]*\.\/lab up/);
  }
});
