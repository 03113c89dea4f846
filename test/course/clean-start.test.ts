import { expect } from 'vitest';
import { post, sendRequests } from '../../services/leaky-service/test/load.ts';
import { ask } from '../embedded/support/ask.ts';
import { labTest as it } from '../embedded/support/lab-command.ts';

interface Sample {
  readonly pid: number;
  readonly container: { readonly limit_bytes: number; readonly working_set_bytes: number };
}

/** A fresh service is well below it, and one that wrote a snapshot of a full heap well above. */
const full = 0.6;

async function usedOf(url: string): Promise<{ share: number; pid: number }> {
  const { pid, container } = await ask<Sample>(`${url}/admin/sample`);
  return { pid, share: container.working_set_bytes / container.limit_bytes };
}

it('a lab begins in a clean service, though a snapshot of a full heap was taken before', async ({ lab }) => {
  const { service, console } = await lab.up();
  await post(service.url, '/admin/leaks/history', { enabled: true, bytes_per_request: 16_384 });
  await sendRequests(service.url, 1_300);
  const snapshot = await fetch(`${service.url}/admin/heap/snapshot`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"force":true}',
  });
  expect(await snapshot.json()).toMatchObject({ pid: service.process?.pid });
  await post(service.url, '/admin/reset');
  const before = await usedOf(service.url);
  expect(
    before.share,
    'of the limit in use after a reset: else there is nothing to be cleaned',
  ).toBeGreaterThan(full);

  const begun_ms = performance.now();
  const started = await lab.run('start', '02');
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(performance.now() - begun_ms, 'ms of ./lab start').toBeLessThan(10_000);
  const after = await usedOf(service.url);
  expect(after.share).toBeLessThan(full);
  expect(after.pid).not.toBe(before.pid);
  expect(await ask(`${service.url}/admin/incident`)).toMatchObject({ running: true });
  // It was stopped in order, and nobody is told of a death that was none.
  expect(lab.deaths()).toEqual([]);
  expect(lab.state().service.deaths).toBe(0);
  expect(await ask(`${console.url}/api/deaths`)).toEqual({ deaths: [] });
  expect(lab.log('supervisor').match(/^.*The service died.*$/gm)).toBeNull();

  const again = await lab.run('start', '02', '--instead');
  expect(again.code).toBe(0);
  expect((await usedOf(service.url)).pid, 'a service that is clean stays').toBe(after.pid);
});
