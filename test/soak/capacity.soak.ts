import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts, LabCommand } from '../embedded/support/lab-command.ts';
import { writeFigures } from './figures.ts';

const megabyte = 2 ** 20;
const most_bytes = 190 * megabyte;

/** Takes spans and forgets them. */
const sink = createServer((request, response) => request.resume().on('end', () => response.end()));
const rows: string[] = [];
beforeAll(async () => {
  sink.listen(0, '127.0.0.1');
  await once(sink, 'listening');
});
afterAll(() => {
  sink.close();
  const head = ['| telemetry | requests a second | memory at its highest | of |', '|---|---|---|---|'];
  writeFigures('capacity', 'As many requests as it can take, 200 connections, 60 s, nothing on', [
    ...head,
    ...rows,
  ]);
});

it.each([
  ['off', false],
  ['every request traced and logged', true],
])('takes all it can for 60 s without a leak, below 190 MB (telemetry: %s)', async (name, traced) => {
  const { port } = sink.address() as AddressInfo;
  const lab = new LabCommand({
    ...freePorts,
    ...(traced && { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }),
  });
  try {
    const { url } = (await lab.up()).service;
    let peak_bytes = 0;
    const look = setInterval(async () => {
      const answer = await fetch(`${url}/admin/heap/statistics`).catch(() => undefined);
      const { container } = ((await answer?.json()) ?? {}) as { container?: { working_set_bytes: number } };
      peak_bytes = Math.max(peak_bytes, container?.working_set_bytes ?? 0);
    }, 250);
    const result = await autocannon({ url: `${url}/api/data`, connections: 200, duration: 60 });
    clearInterval(look);
    const perSecond = Math.round(result.requests.average).toLocaleString('en');
    rows.push(`| ${name} | ${perSecond} | ${(peak_bytes / megabyte).toFixed(0)} MB | 256 MB |`);
    expect(result.errors + result.non2xx).toBe(0);
    expect(lab.deaths()).toEqual([]);
    expect(peak_bytes).toBeGreaterThan(0);
    expect(peak_bytes).toBeLessThan(most_bytes);
  } finally {
    await lab.end();
  }
});
