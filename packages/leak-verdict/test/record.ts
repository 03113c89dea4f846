/**
 * Writes `recordings/*.json`: the procedure, and what a watcher sees each second, of the lab's service with each leak
 * and its fixed twin, with each control, and with none. `node packages/leak-verdict/test/record.ts [procedure|watched] [id …]`; some
 * seconds for a procedure, a minute for what is watched. Then `npm run format`.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { get, post, sendRequests } from '../../../services/leaky-service/test/load.ts';
import { startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import type { Phase, Sample } from '../src/index.ts';
import { recordingOf } from './recording.ts';

const ids = ['cache', 'listeners', 'history', 'closures'];
const controls = ['warm-cache', 'churn', 'pool'];
const limit_bytes = 256 * 2 ** 20;
const megabyte = 2 ** 20;
const bytes_per_request = 2_048;
const requestsOfALoad = 4_000;
const parts = 10;

interface Reading {
  readonly uptime_seconds: number;
  readonly started_at: string;
  readonly process: {
    rss_bytes: number;
    heap_used_bytes: number;
    heap_total_bytes: number;
    external_bytes: number;
  };
  readonly heap_used_after_gc_bytes: number | null;
  readonly external_after_gc_bytes: number | null;
  readonly major_gc_count: number;
  readonly requests: { total: number; errors: number };
  readonly resources: { open_sockets: number };
}

/** A reading; requests are those for the API, sent by this script, not its own questions. */
async function read(url: string, requests_total: number, more: Partial<Sample>): Promise<Sample> {
  const reading = await get<Reading>(url, '/admin/sample');
  return {
    time_seconds: Math.round(reading.uptime_seconds * 100) / 100,
    process: reading.started_at,
    requests_total,
    heap_bytes: reading.process.heap_used_bytes,
    heap_committed_bytes: reading.process.heap_total_bytes,
    external_bytes: reading.process.external_bytes,
    heap_after_gc_bytes: reading.heap_used_after_gc_bytes,
    external_after_gc_bytes: reading.external_after_gc_bytes,
    full_gc_total: reading.major_gc_count,
    resident_bytes: reading.process.rss_bytes,
    open_sockets: reading.resources.open_sockets,
    limit_bytes,
    ...more,
  };
}

async function procedure(url: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  let sent = 0;
  const readAfterGc = async (phase: Phase): Promise<void> => {
    await post(url, '/admin/gc');
    samples.push(await read(url, sent, { phase, collected: true }));
  };
  const rest = async (phase: Phase, readings: number): Promise<void> => {
    for (let index = 0; index < readings; index += 1) {
      await pause(300);
      await readAfterGc(phase);
    }
  };
  await rest('baseline', 5);
  for (let load = 0; load < 2; load += 1) {
    for (let part = 0; part < parts; part += 1) {
      await sendRequests(url, requestsOfALoad / parts);
      sent += requestsOfALoad / parts;
      samples.push(await read(url, sent, { phase: 'load' }));
      if (part < parts - 1) await readAfterGc('load');
    }
    await rest('after', 5);
  }
  await rest('idle', 5);
  return samples;
}

/** A minute at some 150 requests a second, then ten seconds of rest, one reading a second, no collection asked for. */
async function watched(url: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  let sent = 0;
  for (let second = 0; second < 70; second += 1) {
    const next = pause(1_000);
    if (second < 60) {
      await sendRequests(url, 150, { connections: 5 });
      sent += 150;
    }
    await next;
    samples.push(await read(url, sent, {}));
  }
  return samples;
}

const [mode = 'procedure', ...chosen] = process.argv.slice(2);
const recordings = [
  { id: 'idle', variant: 'none' },
  ...ids.flatMap((id) => ['leaky', 'fixed'].map((variant) => ({ id, variant }))),
  ...controls.map((id) => ({ id, variant: 'control' })),
];
const upstream = await startUpstream();
for (const { id, variant } of recordings) {
  if (chosen.length > 0 && !chosen.includes(id)) continue;
  const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn', MEMORY_LIMIT_BYTES: String(limit_bytes) };
  const service = await startLeakyService({ env });
  const set_bytes = mode === 'procedure' ? bytes_per_request : 16_384;
  if (variant === 'control') await post(service.url, `/admin/leaks/${id}`, { enabled: true });
  else if (variant !== 'none') {
    await post(service.url, `/admin/leaks/${id}`, { enabled: true, variant, bytes_per_request: set_bytes });
  }
  if (mode === 'procedure') await sendRequests(service.url, 2_000);
  const samples = await (mode === 'procedure' ? procedure(service.url) : watched(service.url));
  await service.stop();
  const file = new URL(`recordings/${mode}-${id}-${variant}.json`, import.meta.url);
  const set = variant === 'leaky' ? set_bytes : 0;
  writeFileSync(file, `${JSON.stringify(recordingOf(set, samples))}\n`);
  const held = (samples.at(-1)?.heap_bytes ?? 0) / megabyte;
  process.stdout.write(
    `${mode} ${id} ${variant}: ${samples.length} samples, ${held.toFixed(1)} MB at the end\n`,
  );
}
await upstream.stop();
