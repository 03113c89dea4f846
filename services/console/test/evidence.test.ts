import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { expect } from 'vitest';
import { sampleColumns } from '../src/api/contract.ts';
import { startConsole, startScriptedService } from './support/processes.ts';
import { roomTest as it } from './support/room.ts';
import { until } from './support/until.ts';

/** The files of a gzipped tar by their names below its folder. */
async function unpack(url: string): Promise<Map<string, string>> {
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('application/gzip');
  const files = new Map<string, string>();
  const archive = extract();
  archive.on('entry', (header, stream, next) => {
    void text(stream).then((content) => {
      files.set(header.name.replace(/^[^/]+\//, ''), content);
      next();
    });
  });
  await pipeline(Readable.fromWeb(answer.body as never), createGunzip(), archive);
  return files;
}

it('holds all that was recorded, with an index to read first', async ({ room }) => {
  const service = await startScriptedService(room);
  await service.behave({ usage_bytes: 250 * 2 ** 20 });
  const console = await startConsole({ room, service });
  await until(console.samples, ({ columns }) => columns.time_ms.length >= 2);
  await service.end('SIGKILL');
  const next = await startScriptedService(room, service.port);
  await until(console.deaths, (deaths) => deaths.length === 1);
  for (const _ of [1, 2]) await console.ask('POST', '/api/snapshots', {});
  await console.ask('POST', '/api/diffs', { before: 1, after: 2 });
  await until(
    () => console.get<{ status: string }>('/api/diffs/1'),
    ({ status }) => status === 'done',
  );
  const files = await unpack(`${console.url}/api/evidence`);
  const index = files.get('index.md') ?? '';
  expect([...files.keys()][0]).toBe('index.md');
  expect(index).toMatch(/## Deaths \(1\)/);
  expect(index).toContain('killed, most likely for want of memory, at 250.0 MB of 256.0 MB');
  expect(index).toMatch(/## Snapshots \(2\)/);
  const [name = '', csv = ''] = [...files].find(([file]) => file.startsWith('samples/')) ?? [];
  expect(name).toMatch(/^samples\/\d{4}-\d\d-\d\dT\d\d-00-00\.csv$/);
  const [header, first] = csv.split('\r\n');
  expect(header).toBe(sampleColumns.join(','));
  expect(first?.split(',')).toHaveLength(sampleColumns.length);
  expect(JSON.parse(files.get('deaths/1.json') ?? '{}')).toMatchObject({ pid: service.child.pid });
  expect(JSON.parse(files.get('diffs/1.json') ?? '{}').rows.length).toBeGreaterThan(0);
  expect(JSON.parse(files.get('events.json') ?? '[]').map(({ kind }: { kind: string }) => kind)).toContain(
    'death',
  );
  expect(next.child.exitCode).toBeNull();
});
