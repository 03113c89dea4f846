/** `sockets` where something else than memory is short: the service says of what it dies, and everybody repeats it. */

import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { DeathSummary } from '../../services/console/src/api/contract.ts';
import { getJson, postJson } from './ask.ts';
import { deathsAndStarts } from './observe.ts';
import { openStack } from './stack.ts';

const patience = { timeout: 60_000, interval: 500 };
const most_seconds = 60;

it.each([
  { what: 'file descriptors', settings: { SHORT_DESCRIPTORS: '256' }, words: /\(25\d of 256 in use\)/ },
  {
    what: 'local ports',
    settings: { SHORT_PORTS: '40000 40099' },
    words: /: no connection can be opened\. \d{2,3} connections to the upstream are open/,
  },
])('ends with 71 when $what are used up, and the console names them', async ({ what, settings, words }) => {
  const stack = await openStack({
    COMPOSE_FILE: 'docker-compose.yml:test/stack/short/compose.yaml',
    ...settings,
  });
  onTestFinished(() => stack.close());
  const container = await stack.containerOf('leaky-service');
  const begun_seconds = Math.floor(Date.now() / 1000);
  const { started_at } = await getJson<{ started_at: string }>(`${stack.url.service}/admin/sample`);
  const answered = () => getJson<{ service: { started_at_ms: number } }>(`${stack.url.console}/api/now`);
  await expect
    .poll(async () => (await answered()).service.started_at_ms, patience)
    .toBeCloseTo(Date.parse(started_at), -2);
  await postJson(`${stack.url.service}/admin/leaks/sockets`, { enabled: true, one_in: 1 });

  const died = async () => (await deathsAndStarts(container, begun_seconds)).includes('die 71');
  while (!(await died()) && Date.now() / 1000 < begun_seconds + most_seconds) {
    await Promise.allSettled(Array.from({ length: 20 }, () => fetch(`${stack.url.service}/api/data`)));
    await pause(100);
  }
  expect(await deathsAndStarts(container, begun_seconds)).toContain('die 71');
  const deaths = async () =>
    (await getJson<{ deaths: DeathSummary[] }>(`${stack.url.console}/api/deaths`)).deaths;
  await expect.poll(async () => (await deaths()).length, patience).toBe(1);
  const [death] = await deaths();
  expect(death).toMatchObject({ ended_by: 'exhausted', exit_status: 71, inferred: false });
  expect(death?.known_by).toContain(`it said so: No ${what} left`);
  expect(death?.known_by).toMatch(words);
});
