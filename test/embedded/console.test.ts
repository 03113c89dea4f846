import { describe, expect } from 'vitest';
import type { Now, SampleSeries } from '../../services/console/src/api/contract.ts';
import { ask } from './support/ask.ts';
import { kill } from './support/kill.ts';
import { labTest as it, until, untilAnswer } from './support/lab-command.ts';

const megabyte = 1024 ** 2;

describe.concurrent('the console of the embedded lab', () => {
  it('comes up with the lab, has the page, sees the service, and comes back from its own kill with all it had, unnoticed by the service', async ({
    lab,
  }) => {
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

    // It is killed itself.
    const { service } = lab.state();
    const samples = (from: number) =>
      ask<SampleSeries>(`${console.url}/api/samples?from=${from}&to=${Date.now()}&points=600`);
    const begun = Date.now() - 60_000;
    const before = await untilAnswer('some samples', async () => {
      const { columns } = await samples(begun);
      return columns.time_ms.length >= 3 ? columns.time_ms : undefined;
    });
    kill('the console', console.process);
    await until('another console', () => lab.state().console.process?.pid !== console.process?.pid);
    const after = await untilAnswer('the console to be back', () => samples(begun).catch(() => undefined));
    expect(after.columns.time_ms).toEqual(expect.arrayContaining([...before]));
    expect(lab.state().service).toEqual(service);
    expect(lab.deaths()).toEqual([]);
    expect(lab.log('supervisor')).toContain('✗ The console died');
  });
});

it('without a console ./lab postmortem and ./lab evidence say what to do', async ({ lab }) => {
  for (const command of ['postmortem', 'evidence']) {
    const { code, stderr } = await lab.run(command);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The console does not answer at http:\/\/127[\s\S]*\.\/lab up/);
  }
});
