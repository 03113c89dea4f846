import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { chooseValkey, nameOf } from './choose.ts';
import { findValkeyServer } from './find-server.ts';
import { answersPing } from './ping.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-valkey-'));

/** A folder of programs of these names. */
function programs(name: string, names: readonly string[], mode = 0o755): string {
  mkdirSync(join(folder, name));
  for (const program of names) {
    writeFileSync(join(folder, name, program), '');
    chmodSync(join(folder, name, program), mode);
  }
  return join(folder, name);
}

it.skipIf(process.platform === 'win32')('a Valkey on PATH goes before a Redis that is found earlier', () => {
  const redis = programs('redis', ['redis-server']);
  const both = programs('both', ['redis-server', 'valkey-server']);
  expect(findValkeyServer({ PATH: [redis, both].join(delimiter) })).toBe(join(both, 'valkey-server'));
  expect(findValkeyServer({ PATH: redis })).toBe(join(redis, 'redis-server'));
});

it('without one that can be run there is none', () => {
  const PATH = programs('broken', ['valkey-server'], 0o644);
  if (process.getuid?.() !== undefined) expect(findValkeyServer({ PATH })).toBeUndefined();
  expect(findValkeyServer({})).toBeUndefined();
});

it('one that is given is taken, and its password not told', async () => {
  const valkey_url = 'redis://:secret@cache:6379/2';
  expect(await chooseValkey({ valkey_url })).toEqual({ kind: 'given', url: valkey_url });
  expect(nameOf(valkey_url)).toBe('redis://cache:6379/2');
});

it('what listens and is none does not answer its ping', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
    0,
    '127.0.0.1',
  );
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await answersPing(port)).toBe(false);
  expect(await answersPing(9)).toBe(false);
});
