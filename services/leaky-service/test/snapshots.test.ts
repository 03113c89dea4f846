import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { post, sendRequests } from './load.ts';

const directory = mkdtempSync(join(tmpdir(), 'snapshots-'));
let service: RunningService;
beforeAll(async () => {
  service = await startLeakyService({ env: { SNAPSHOT_DIRECTORY: directory, LOG_LEVEL: 'warn' } });
});
afterEach(() => {
  for (const name of readdirSync(directory)) rmSync(join(directory, name));
});
afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true });
});

/** A busy machine needs more than a second for a snapshot. */
const inTime = { timeout: 15_000 };

const ask = async (path: string, init?: RequestInit, url = service.url) => {
  const answer = await fetch(url + path, init);
  // biome-ignore lint/suspicious/noExplicitAny: what comes is checked by the expectations
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
};
const write = (body?: object, url?: string) =>
  ask('/admin/heap/snapshot', { method: 'POST', body: JSON.stringify(body ?? {}) }, url);
const withService = async (env: Record<string, string>, use: (url: string) => Promise<void>) => {
  const other = await startLeakyService({ env: { LOG_LEVEL: 'error', ...env } });
  try {
    await use(other.url);
  } finally {
    await other.stop();
  }
};

describe('a snapshot', () => {
  it('is written whole under its name, with what it took', async () => {
    const { status, body } = await write();
    expect(status).toBe(201);
    expect(readdirSync(directory)).toEqual([body.file]);
    expect(body).toMatchObject({
      file: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.heapsnapshot$/),
      size_bytes: statSync(join(directory, body.file)).size,
      pid: service.child.pid,
      forced: false,
    });
    expect(body.seconds).toBeGreaterThan(0);
    expect(body.live_heap_bytes).toBeGreaterThan(2 ** 20);
    const { snapshot, nodes } = JSON.parse(readFileSync(join(directory, body.file), 'utf8'));
    expect(nodes).toHaveLength(snapshot.node_count * snapshot.meta.node_fields.length);
    rmSync(join(directory, body.file));
  });

  it('is streamed with a name and its length, and leaves no file', async () => {
    const answer = await fetch(`${service.url}/admin/heap/snapshot`);
    const text = await answer.text();
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=".*\.heapsnapshot"$/);
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(JSON.parse(text).snapshot.node_count).toBeGreaterThan(10_000);
    await expect.poll(() => readdirSync(directory), inTime).toEqual([]);
  });

  it('is streamed from memory where there is no directory; written, it is refused', async () => {
    await withService({}, async (url) => {
      const { snapshot } = (await (await fetch(`${url}/admin/heap/snapshot`)).json()) as {
        snapshot: { node_count: number };
      };
      expect(snapshot.node_count).toBeGreaterThan(10_000);
      await expect
        .poll(async () => (await write({}, url)).body.error.code, inTime)
        .toBe('no_snapshot_directory');
    });
  });

  it('is taken one at a time: others hear when to come again', async () => {
    const answers = await Promise.all([write(), write(), write()]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(refused?.body.error.code).toBe('snapshot_under_way');
    await expect.poll(async () => (await write()).status, inTime).toBe(201);
  });

  it('is free for the next one when its reader leaves', async () => {
    const leaving = new AbortController();
    const answer = await fetch(`${service.url}/admin/heap/snapshot`, { signal: leaving.signal });
    leaving.abort();
    await answer.text().catch(() => undefined);
    await expect.poll(async () => (await write()).status, inTime).toBe(201);
    await expect.poll(() => readdirSync(directory), inTime).toHaveLength(1);
  });

  it('is told in the log before it begins, for it may be the last that the process does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deadly-'));
    const deadly = await startLeakyService({ env: { SNAPSHOT_DIRECTORY: folder }, stdout: 'pipe' });
    const said = text(deadly.child.stdout as Readable);
    await post(deadly.url, '/admin/leaks/history', { enabled: true });
    await sendRequests(deadly.url, 1_000);
    const answer = write({ force: true }, deadly.url).catch((error: Error) => error);
    // Its file is there from the first moment on, under another name until it is whole.
    await expect.poll(() => readdirSync(folder), { ...inTime, interval: 5 }).toHaveLength(1);
    deadly.child.kill('SIGKILL');
    expect(await answer).toBeInstanceOf(Error);
    expect(readdirSync(folder)[0]).toMatch(/\.partial$/);
    const [last = ''] = (await said).trim().split('\n').slice(-1);
    expect(JSON.parse(last)).toMatchObject({ msg: 'a heap snapshot was asked for', force: true });
    rmSync(folder, { recursive: true });
  });
});

describe('where a snapshot would not fit', () => {
  let tight: RunningService;
  beforeAll(async () => {
    // Told, not enforced: nobody kills in this test.
    const limit = { MEMORY_LIMIT_BYTES: String(130 * 2 ** 20), SNAPSHOT_DIRECTORY: directory };
    tight = await startLeakyService({ env: { ...limit, LOG_LEVEL: 'error' } });
  });
  afterAll(() => tight.stop());

  it('the guard says so with its figures and what to do, and nothing is written', async () => {
    const guard = await ask('/admin/heap/guard', {}, tight.url);
    expect(guard.body).toMatchObject({ fits: false, limit_bytes: 130 * 2 ** 20 });
    expect(guard.body.estimated_cost_bytes).toBeGreaterThan(guard.body.available_bytes);
    expect(guard.body.estimated_objects).toBeGreaterThan(50_000);
    expect(guard.body.basis).toMatch(/objects counted by V8; costs measured on V8/);
    const { status, body } = await write({}, tight.url);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'snapshot_would_not_fit', details: { fits: false } });
    expect(body.error.details.advice.join('\n')).toMatch(/early.*force=true/s);
    expect((await ask('/admin/heap/snapshot', {}, tight.url)).status).toBe(409);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('force takes it all the same, and says that it was forced', async () => {
    const { status, body } = await write({ force: true }, tight.url);
    expect(status).toBe(201);
    expect(body.forced).toBe(true);
    rmSync(join(directory, body.file));
    const streamed = await fetch(`${tight.url}/admin/heap/snapshot?force=true`);
    expect(JSON.parse(await streamed.text())).toHaveProperty('snapshot');
  });

  it('without a limit everything fits', async () => {
    const { body } = await ask('/admin/heap/guard');
    if (body.limit_bytes === null)
      expect(body).toMatchObject({ fits: true, available_bytes: null, advice: [] });
    expect(body.live_heap_bytes).toBeGreaterThan(2 ** 20);
  });
});

describe('where it cannot be written', () => {
  const asRoot = process.getuid?.() === 0;

  it.skipIf(!asRoot || process.platform !== 'linux')(
    'a full disk is told, and no half file stays',
    async () => {
      const small = mkdtempSync(join(tmpdir(), 'small-'));
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', small]).status === 0;
      if (!mounted) return;
      try {
        // Room enough for what is expected at least, and not for the whole.
        writeFileSync(join(small, 'other'), Buffer.alloc(12 * 2 ** 20));
        await withService({ SNAPSHOT_DIRECTORY: small }, async (url) => {
          await post(url, '/admin/leaks/history', { enabled: true });
          const { status, body } = await write({}, url);
          expect(status).toBe(507);
          expect(body.error).toMatchObject({ code: 'disk_full', details: { directory: small } });
          expect(readdirSync(small)).toEqual(['other']);
          expect((await fetch(`${url}/health`)).status).toBe(200);
        });
      } finally {
        spawnSync('umount', [small]);
        rmSync(small, { recursive: true });
      }
    },
  );

  it('a directory that cannot be is told', async () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, '');
    await withService({ SNAPSHOT_DIRECTORY: join(file, 'snapshots') }, async (url) => {
      const { status, body } = await write({}, url);
      expect(status).toBe(503);
      expect(body.error).toMatchObject({ code: 'snapshots_not_writable', details: { reason: 'ENOTDIR' } });
    });
    rmSync(file);
  });

  it.skipIf(asRoot)('a directory that may not be written is told', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'closed-'));
    chmodSync(closed, 0o500);
    await withService({ SNAPSHOT_DIRECTORY: closed }, async (url) => {
      expect((await write({}, url)).body.error.code).toBe('snapshots_not_writable');
    });
  });

  it('what a killed process left half is removed by the next', async () => {
    writeFileSync(join(directory, '.2026-01-01T00-00-00-000Z-1.heapsnapshot.partial'), '{');
    await withService({ SNAPSHOT_DIRECTORY: directory }, async () => {
      expect(readdirSync(directory)).toEqual([]);
    });
  });
});

it.each([
  ['/admin/heap/snapshot?force=yes', /\?force=: expected.*got \\?"yes/],
  ['/admin/heap/snapshot?forse=true', /forse/],
  ['/admin/heap/snapshot?force=true&force=true', /force/],
])('refuses %s', async (path, message) => {
  const { status, body } = await ask(path);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'bad_request', message: expect.stringMatching(message) });
});

it.each([[{ force: 'yes' }], [{ forced: true }], [['force']]])(
  'refuses to write one for %j',
  async (body) => {
    expect((await write(body)).status).toBe(400);
    expect(readdirSync(directory)).toEqual([]);
  },
);

describe('the diff of snapshots', () => {
  it('comes from the console, as it is', async () => {
    const consoleServer = createServer((request, response) => {
      response.writeHead(request.url === '/api/diffs/latest' ? 200 : 404, {
        'content-type': 'application/json',
      });
      response.end('{"id":7,"rows":[]}');
    });
    await new Promise<void>((resolve) => consoleServer.listen(0, '127.0.0.1', resolve));
    const { port } = consoleServer.address() as AddressInfo;
    await withService({ CONSOLE_URL: `http://127.0.0.1:${port}/` }, async (url) => {
      expect((await ask('/admin/heap/diff', {}, url)).body).toEqual({ id: 7, rows: [] });
      consoleServer.close();
      consoleServer.closeAllConnections();
      const gone = await ask('/admin/heap/diff', {}, url);
      expect(gone.status).toBe(503);
      expect(gone.body.error).toMatchObject({
        code: 'no_console',
        message: expect.stringMatching(/ECONN|refused|socket/i),
      });
    });
  });

  it('is not there without a console, with the reason', async () => {
    const { status, body } = await ask('/admin/heap/diff');
    expect(status).toBe(503);
    expect(body.error.message).toContain('CONSOLE_URL');
  });
});
