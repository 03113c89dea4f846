import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Death, DeathSummary, Now } from '../../services/console/src/api/contract.ts';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { getJson, postJson } from './ask.ts';
import { restarts, runScript } from './observe.ts';
import { openStack, type Stack } from './stack.ts';

const megabyte = 2 ** 20;
let stack: Stack;
let lab: LabCommand;
let container: string;
beforeAll(async () => {
  stack = await openStack();
  container = await stack.containerOf('leaky-service');
  lab = new LabCommand({
    COMPOSE_PROJECT_NAME: stack.project,
    SERVICE_PORT: new URL(stack.url.service).port,
    CONSOLE_PORT: new URL(stack.url.console).port,
  });
});
afterAll(() => stack?.close());

const now = () => getJson<Now>(`${stack.url.console}/api/now`);
const deaths = async () =>
  (await getJson<{ deaths: DeathSummary[] }>(`${stack.url.console}/api/deaths`)).deaths;
const isUp = async () => (await now()).service.state === 'up';

// One after the other: each is the state the next one starts from.
describe('the console of the stack', () => {
  it('sees the service and its limit', async () => {
    await expect.poll(now, { timeout: 20_000 }).toMatchObject({
      mode: 'docker',
      service: { state: 'up' },
      sample: { limit_bytes: 256 * megabyte },
    });
  });

  it('takes snapshots at any moment of a leak, or has them refused, and none of them ends the service', async () => {
    const asked = { taken: 0, refused: 0 };
    // Many small objects: their number decides what a snapshot costs.
    await postJson(`${stack.url.service}/admin/leaks/history`, { enabled: true, bytes_per_request: 16_384 });
    const url = `${stack.url.service}/api/data`;
    const load = autocannon({ url, connections: 5, overallRate: 120, duration: 120 });
    const stopLoad = () => (load as unknown as { stop(): void }).stop();
    for (let attempt = 0; attempt < 10; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 500 + 4000 * Math.random()));
      const answer = await fetch(`${stack.url.console}/api/snapshots`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ limit: 'keep' }),
      });
      const text = await answer.text();
      expect([201, 409], text).toContain(answer.status);
      asked[answer.status === 201 ? 'taken' : 'refused'] += 1;
      // What a capture took is not given back: from here on the leak itself would end the service.
      if (asked.refused > 0 || ((await now()).sample?.usage_bytes ?? 0) > 200 * megabyte) stopLoad();
    }
    stopLoad();
    await load;
    console.log(`${asked.taken} snapshots taken, ${asked.refused} refused`);
    expect(await restarts(container)).toBe(0);
    expect(await deaths()).toEqual([]);
    expect(asked.taken).toBeGreaterThan(0);
  });

  it('records the kill by the kernel as inferred, once, with the minute before', async () => {
    expect(await runScript(stack, 'memory-stress.ts')).toMatchObject({ code: 0 });
    await expect.poll(async () => (await deaths()).length, { timeout: 30_000 }).toBe(1);
    const [summary] = await deaths();
    expect(summary).toMatchObject({
      ended_by: expect.stringMatching(/kernel-oom-kill|memory-kill-presumed/),
      inferred: true,
      known_by: expect.stringMatching(/infer/i),
      limit_bytes: 256 * megabyte,
    });
    const death = await getJson<Death>(`${stack.url.console}/api/deaths/${summary?.id}`);
    expect(death.samples.columns.time_ms.length).toBeGreaterThan(10);
  });

  it('has what the engine knows added by ./lab postmortem', async () => {
    const { stdout, stderr } = await lab.run('postmortem', '--json');
    const { engine } = JSON.parse(stdout || '{}');
    expect(engine, stderr).toMatchObject({
      exit_code: 137,
      oom_killed: true,
      events: expect.arrayContaining([
        expect.objectContaining({ action: 'oom' }),
        expect.objectContaining({ action: 'die', exit_code: 137 }),
      ]),
    });
    expect((await lab.run('postmortem')).stdout).toMatch(
      /known by +the engine saw it: out of memory, exit 137/,
    );
  });

  it('keeps what it knows when it is made anew', async () => {
    const before = await deaths();
    await stack.compose('up', '--detach', '--force-recreate', '--no-deps', '--wait', 'console');
    expect(await deaths()).toEqual(before);
    await expect.poll(isUp, { timeout: 30_000 }).toBe(true);
  });
});
