import { expect } from 'vitest';
import type { GuardWord, LabEvent, SnapshotRecord } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';
import { kill } from '../embedded/support/kill.ts';
import { labTest as it, until, untilAnswer } from '../embedded/support/lab-command.ts';

const megabyte = 1024 ** 2;

it('a snapshot that would not fit has the limit raised, and it is brought down again', async ({ lab }) => {
  const { console, service } = await lab.up();
  // Many small objects: their number decides what a snapshot costs.
  await lab.run('leak', 'history', 'on');
  const load = lab.start('load', '--engine', 'autocannon', '--rate', '600');
  await untilAnswer('a snapshot to be too big', async () => {
    const { fits, usage_bytes } = await ask<GuardWord>(`${console.url}/api/guard`);
    return !fits && usage_bytes > 140 * megabyte;
  });
  load.kill('SIGINT');
  const kept = await fetch(`${console.url}/api/snapshots`, post({ limit: 'keep' }));
  expect(kept.status).toBe(409);
  const answer = await fetch(`${console.url}/api/snapshots`, post({}));
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  expect((JSON.parse(text) as SnapshotRecord).size_bytes).toBeGreaterThan(megabyte);
  expect(lab.log('supervisor')).toMatch(/The memory limit is raised from 256 MB to \d+ MB, for a snapshot/);
  expect(lab.state().service.process?.pid).toBe(service.process?.pid);
  await until('the limit to come down', () =>
    /The memory limit is (lowered from|256 MB again)/.test(lab.log('supervisor')),
  );
  // At the next life at the latest it is what it was.
  kill('the service', service.process);
  await until('the limit to be back', () => lab.state().limit_raised_to_bytes === undefined);
  const kinds = await untilAnswer('the events', async () => {
    const { events } = await ask<{ events: LabEvent[] }>(
      `${console.url}/api/events?from=0&to=${Date.now() + 1000}`,
    );
    const found = events.map(({ kind }) => kind);
    return found.includes('limit_restored') ? found : undefined;
  });
  expect(kinds).toEqual(expect.arrayContaining(['snapshot_refused', 'limit_raised', 'snapshot']));
});

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
