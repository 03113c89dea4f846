import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { anyFreePort, whyNotFree } from '../../packages/lab/src/ports/free-port.ts';
import { isAlive } from '../../packages/lab/src/state/process-identity.ts';
import type { Course } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';
import { kill } from '../embedded/support/kill.ts';
import { freePorts, labTest as it, LabCommand, until, untilAnswer } from '../embedded/support/lab-command.ts';
import { tracesOf } from '../embedded/support/traces.ts';
import { startUpstream } from '../support/processes.ts';

const incidentAt = (url: string) => ask<{ running: boolean }>(`${url}/admin/incident`);
const requestsAt = async (url: string) =>
  (await ask<{ requests: { total: number } }>(`${url}/admin/sample`)).requests.total;

describe.concurrent('a lab with services beside the first', () => {
  it('has them while it runs, each in a limit of its own, starts one that dies again, and leaves nothing of them', async ({
    lab,
  }) => {
    const before = await lab.up();
    expect(before.patients).toEqual([]);
    const started = await lab.run('start', '06');
    expect(started, started.stderr).toMatchObject({ code: 0 });

    const state = lab.state();
    const urls = state.patients.map(({ url }) => url);
    expect(state.patients.map(({ name }) => name)).toEqual(['patient-b', 'patient-c']);
    for (const url of urls) expect(started.stdout).toContain(url);
    for (const { limit } of state.patients) expect(limit.limit_bytes).toBe(256 * 1024 ** 2);
    const cgroups = [state.limit, ...state.patients.map(({ limit }) => limit)].map(
      ({ cgroup_directory }) => cgroup_directory,
    );
    if (cgroups[0] !== undefined) expect(new Set(cgroups).size).toBe(3);
    for (const url of [state.service.url, ...urls])
      expect(await incidentAt(url)).toMatchObject({ running: true });
    for (const url of urls) await untilAnswer('traffic', async () => (await requestsAt(url)) > 100);
    expect((await lab.run('status')).stdout).toMatch(/patient-b \S+ answers[\s\S]*patient-c \S+ answers/);

    const [b] = state.patients;
    kill('the second patient', b?.process);
    const again = await until('another process', () => {
      const [now] = lab.state().patients;
      return now?.process?.pid !== b?.process?.pid && now;
    });
    await untilAnswer('its incident', async () => (await incidentAt(again.url)).running);
    expect(again.deaths).toBe(1);
    // The record of deaths is the first service's.
    const { deaths } = await ask<{ deaths: unknown[] }>(`${lab.state().console.url}/api/deaths`);
    expect(deaths).toEqual([]);

    const processes = lab.state().patients.flatMap(({ process }) => process ?? []);
    expect(processes).toHaveLength(2);
    expect((await lab.run('start', '02', '--instead')).code).toBe(0);
    expect(lab.state().patients).toEqual([]);
    expect(processes.filter(isAlive)).toEqual([]);
    for (const cgroup of cgroups.slice(1)) expect(cgroup !== undefined && existsSync(cgroup)).toBe(false);
    for (const url of urls) expect(await whyNotFree(Number(new URL(url).port))).toBeUndefined();
    expect(existsSync(join(lab.folder, 'patients'))).toBe(false);

    await lab.run('start', '06', '--instead');
    expect(lab.state().patients).toHaveLength(2);
    expect((await lab.run('reset')).code).toBe(0);
    expect(lab.state().patients).toEqual([]);
  });

  it('ends them with ./lab down, goes on with ./lab up, and a supervisor that is killed leaves nothing', async ({
    lab,
  }) => {
    await lab.up();
    await lab.run('start', '06');
    const before = lab.state();
    expect(before.patients).toHaveLength(2);
    expect((await lab.run('down')).code).toBe(0);
    expect(await tracesOf(before)).toEqual([]);
    expect(existsSync(join(lab.folder, 'patients'))).toBe(false);
    await lab.up();
    const state = await until('the services beside the first', () => {
      const now = lab.state();
      return now.patients.filter(({ process }) => process !== undefined).length === 2 && now;
    });
    const [b] = state.patients;
    await untilAnswer('its incident', async () => (await incidentAt(b?.url ?? '')).running);

    process.kill(state.supervisor.pid, 'SIGKILL');
    const processes = state.patients.flatMap(({ process }) => process ?? []);
    expect(processes).toHaveLength(2);
    await until('them to stop by themselves', () => !processes.some(isAlive), 15_000);
    await lab.run('down');
    expect(await tracesOf(state)).toEqual([]);
  });
});

it('where a port is taken it does not begin, says by whom, and what was there goes on', async () => {
  const port = await anyFreePort();
  const other = await startUpstream({ env: { PORT: String(port) } });
  onTestFinished(() => void other.stop());
  const lab = new LabCommand({ ...freePorts, PATIENT_C_PORT: String(port) });
  onTestFinished(() => lab.end());
  await lab.up();
  await lab.run('start', '01');
  const { code, stderr } = await lab.run('start', '06', '--instead');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`port ${port}[\\s\\S]*process ${other.child.pid}[\\s\\S]*PATIENT_C_PORT`),
  );
  const { running } = await ask<Course>(`${lab.state().console.url}/api/course`);
  expect(running?.id).toBe('01');
  expect(lab.state().patients).toEqual([]);
});
