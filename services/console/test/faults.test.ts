import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  failingConsole,
  type RunningConsole,
  startConsole,
  startScriptedService,
} from './support/processes.ts';
import { roomTest as it, type Room } from './support/room.ts';
import { until } from './support/until.ts';

const root = process.getuid?.() === 0 && process.platform === 'linux';

const warned = (console: RunningConsole, code: string) =>
  until(console.now, ({ warnings }) => warnings.some((warning) => warning.code === code));
const recorded = (console: RunningConsole, atLeast: number) =>
  until(console.samples, ({ columns }) => columns.time_ms.length >= atLeast);

/** A disk of its own at `folder/data`. */
function mountDisk(room: Room, options: string): string {
  const disk = join(room.folder, 'data');
  mkdirSync(disk, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
  room.atEnd(() => execFileSync('umount', ['--lazy', disk]));
  return disk;
}

it('keeps what it sees while the disk is full, says so, and writes it down when there is room', {
  skip: !root,
}, async ({ room }) => {
  const disk = mountDisk(room, 'size=1m');
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  await recorded(console, 2);
  const filler = join(disk, 'filler');
  fill(filler);
  const { warnings } = await warned(console, 'disk_full');
  expect(warnings.find(({ code }) => code === 'disk_full')?.message).toMatch(/Free some space/);
  const before = await console.samples();
  const { sample } = await until(
    console.now,
    (now) => (now.sample?.time_ms ?? 0) > (before.columns.time_ms.at(-1) ?? 0) + 2_000,
  );
  rmSync(filler);
  await until(console.now, (now) => now.warnings.length === 0);
  const { columns } = await console.samples();
  expect(columns.time_ms).toContain(sample?.time_ms);
  const times = columns.time_ms as number[];
  for (let index = 1; index < times.length; index += 1) {
    expect((times[index] ?? 0) - (times[index - 1] ?? 0)).toBeLessThan(2_000);
  }
});

it('goes on in memory where its folder cannot be written, and says so', { skip: !root }, async ({ room }) => {
  mountDisk(room, 'ro,size=1m');
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  const { warnings } = await warned(console, 'not_kept');
  expect(warnings[0]?.message).toMatch(/Nothing is kept.*in memory/);
  await recorded(console, 2);
});

it('refuses to share its record with another console, and says who has it', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  const { code, error } = await failingConsole({ room, service });
  expect(code).toBe(1);
  expect(error).toMatch(new RegExp(`Another console \\(process ${console.child.pid}, .*DATA_DIRECTORY`));
  await recorded(console, 2);
  await console.end('SIGKILL');
  await startConsole({ room, service });
});

it('sets a corrupt database aside with its name told, and begins a new one', async ({ room }) => {
  const service = await startScriptedService(room);
  const first = await startConsole({ room, service });
  await recorded(first, 2);
  await first.end('SIGTERM');
  const file = join(room.folder, 'data/console.db');
  writeFileSync(file, readFileSync(file).fill(0x55, 100, 8192));
  const second = await startConsole({ room, service });
  const { warnings } = await warned(second, 'database_set_aside');
  const name = readdirSync(join(room.folder, 'data')).find((each) => each.startsWith('console-corrupt-'));
  expect(warnings[0]?.message).toContain(name);
  await recorded(second, 2);
});

it('is not held up by ten streams, one of which is never read', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  const stalled = connect(console.port, '127.0.0.1');
  room.atEnd(() => stalled.destroy());
  stalled.pause();
  stalled.write('GET /api/stream HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const counts = await Promise.all(
    Array.from({ length: 9 }, async () => {
      const answer = await fetch(`${console.url}/api/stream`);
      expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
      let text = '';
      for await (const piece of answer.body ?? []) {
        text += Buffer.from(piece).toString();
        if (text.split('event: now').length > 4) break;
      }
      return text.split('event: now').length - 1;
    }),
  );
  expect(counts.every((count) => count >= 4)).toBe(true);
});

it('answers neither to another name nor to another page', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  const raw = (head: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(console.port, '127.0.0.1', () =>
        socket.write(`${head}\r\nconnection: close\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (piece) => {
        text += piece;
      });
      socket.on('close', () => resolve(text));
    });
  expect(await raw('GET /api/now HTTP/1.1\r\nhost: evil.example')).toMatch(
    /^HTTP\/1.1 403 .*host_not_allowed/s,
  );
  expect(await raw('POST /api/gc HTTP/1.1\r\nhost: localhost\r\norigin: http://evil.example')).toMatch(
    /^HTTP\/1.1 403 .*origin_not_allowed/s,
  );
  expect(await raw('GET //#@a HTTP/1.1\r\nhost: localhost')).toMatch(/^HTTP\/1.1 404 .*not_found/s);
  expect((await fetch(`${console.url}/`)).headers.get('content-security-policy')).toMatch(
    /default-src 'self'/,
  );
});

const refused: readonly (readonly [path: string, status: number])[] = [
  ['/api/samples?from=x', 400],
  ['/api/samples?from=5&to=1', 400],
  ['/api/samples?points=1', 400],
  ['/api/deaths/none', 404],
  ['/api/diffs/7', 404],
  ['/api/source?file=../package.json&line=1', 404],
  ['/nothing', 404],
];

it('refuses what it does not understand with a reason', async ({ room }) => {
  const console = await startConsole({ room, service: { port: 9 } });
  for (const [path, status] of refused) {
    const reason = { error: { message: expect.stringMatching(/\w/) } };
    expect(await console.ask('GET', path), path).toMatchObject({ status, json: reason });
  }
});

/** Writes until the disk takes no more. */
function fill(file: string): void {
  for (let piece = 65_536; piece >= 1; piece >>= 4) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(piece), { flag: 'a' });
    } catch {
      // Smaller pieces may still fit.
    }
  }
}
