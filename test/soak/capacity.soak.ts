import autocannon from 'autocannon';
import { expect, it } from 'vitest';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { writeFigures } from './figures.ts';

const megabyte = 2 ** 20;

it('takes all the requests it can for 60 s without a leak, and stays below 190 MB', async () => {
  const lab = new LabCommand();
  try {
    const { service } = await lab.up();
    const url = service.url;
    let peak_bytes = 0;
    const look = setInterval(async () => {
      const answer = await fetch(`${url}/admin/heap/statistics`).catch(() => undefined);
      const { container } = ((await answer?.json()) ?? {}) as { container?: { working_set_bytes: number } };
      peak_bytes = Math.max(peak_bytes, container?.working_set_bytes ?? 0);
    }, 250);
    const result = await autocannon({ url: `${url}/api/data`, connections: 200, duration: 60 });
    clearInterval(look);
    writeFigures('capacity', 'As many requests as it can take, 200 connections, 60 s, nothing on', [
      `${Math.round(result.requests.average).toLocaleString('en')} requests a second, at most ${(peak_bytes / megabyte).toFixed(0)} MB of 256 MB.`,
    ]);
    expect(result.errors + result.non2xx).toBe(0);
    expect(lab.deaths()).toEqual([]);
    expect(peak_bytes).toBeGreaterThan(0);
    expect(peak_bytes).toBeLessThan(190 * megabyte);
  } finally {
    await lab.end();
  }
});
