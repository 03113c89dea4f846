/** Profile `patients`: the services that lab 06 has beside the first. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { getJson } from './ask.ts';
import { docker, openStack, type Stack } from './stack.ts';

const names = ['patient-b', 'patient-c'] as const;
const patience = { timeout: 60_000, interval: 500 };

let stack: Stack;
let lab: LabCommand;
beforeAll(async () => {
  stack = await openStack();
  const portOf = (url: string) => new URL(url).port;
  const [b = '', c = ''] = stack.url.patients;
  lab = new LabCommand({
    COMPOSE_PROJECT_NAME: stack.project,
    SERVICE_PORT: portOf(stack.url.service),
    CONSOLE_PORT: portOf(stack.url.console),
    PATIENT_B_PORT: portOf(b),
    PATIENT_C_PORT: portOf(c),
  });
});
afterAll(() => stack?.close());

const incidentAt = (url: string) => getJson<{ running: boolean }>(`${url}/admin/incident`);
const running = () => stack.compose('ps', '--services', '--status', 'running', ...names);

it('without them the lab does not begin, and says what to do', async () => {
  const answer = await fetch(`${stack.url.console}/api/course/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lab: '06' }),
  });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toMatch(/patients_missing[\s\S]*docker compose --profile patients up -d/);
  expect(await incidentAt(stack.url.service)).toMatchObject({ running: false });
});

it('./lab start 06 brings them up, each in its limit, and something goes wrong in all three', async () => {
  const { code, stdout, stderr } = await lab.run('start', '06');
  expect(code, stdout + stderr).toBe(0);
  for (const url of [stack.url.service, ...stack.url.patients]) {
    expect(stdout).toContain(url);
    expect(await incidentAt(url)).toMatchObject({ running: true });
    const answered = async () =>
      (await getJson<{ requests: { total: number } }>(`${url}/admin/sample`)).requests.total;
    await expect.poll(answered, patience).toBeGreaterThan(100);
  }
  for (const name of names) {
    const format = '{{.HostConfig.Memory}} {{(index (index .NetworkSettings.Ports "8080/tcp") 0).HostIp}}';
    const { stdout: told } = await docker(['inspect', '--format', format, await stack.containerOf(name)]);
    expect(told.trim()).toBe(`${256 * 1024 ** 2} 127.0.0.1`);
  }
  const status = async () => (await lab.run('status')).stdout;
  await expect.poll(status, patience).toMatch(/patient-b \S+ answers[\s\S]*patient-c \S+ answers/);
});

it('one that dies comes back with what it had, and is no death of the first', async () => {
  const [url = ''] = stack.url.patients;
  const ageOf = async () => (await getJson<{ uptime_seconds: number }>(`${url}/health`)).uptime_seconds;
  const before = await ageOf();
  const { pid } = await getJson<{ pid: number }>(`${url}/health`);
  await stack.compose('exec', '--no-TTY', 'patient-b', 'bash', '-c', `kill -9 ${pid}`);
  await expect.poll(() => ageOf().catch(() => before + 1), patience).toBeLessThan(before);
  expect(await incidentAt(url)).toMatchObject({ running: true });
  expect(await getJson(`${stack.url.console}/api/deaths`)).toMatchObject({ deaths: [] });
});

it('./lab reset takes them away', async () => {
  const { code, stdout, stderr } = await lab.run('reset');
  expect(code, stdout + stderr).toBe(0);
  expect((await running()).stdout.trim()).toBe('');
  expect(await incidentAt(stack.url.service)).toMatchObject({ running: false });
});
