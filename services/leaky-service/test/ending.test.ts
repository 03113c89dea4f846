import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, type ClientRequest, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';

const most_ms = 5_000;

/** A request whose body is still on its way. */
async function beginRequest({ url }: RunningService): Promise<ClientRequest> {
  const call = request(`${url}/admin/leaks/clear`, { method: 'POST', headers: { 'content-length': '19' } });
  call.write('{"leak_type"');
  const [socket] = (await once(call, 'socket')) as [Socket];
  if (socket.connecting) await once(socket, 'connect');
  // The server has it when it answers to another one that came later.
  await fetch(`${url}/health`);
  return call;
}

it('answers what is under way after SIGTERM, takes nothing new, and ends with 0', async () => {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
  const idle = new Agent({ keepAlive: true });
  await once(request(`${service.url}/health`, { agent: idle }).end(), 'response').then(([answer]) =>
    text(answer),
  );
  const call = await beginRequest(service);
  const answered = once(call, 'response');
  const ended = service.stop();
  await refused(service);
  call.end(':"all"}');
  expect((await answered)[0].statusCode).toBe(200);
  expect(await ended).toBe(0);
  idle.destroy();
});

it('cuts what does not end, and is gone within five seconds', async () => {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
  const call = await beginRequest(service);
  const cut = once(call, 'error');
  const begun = performance.now();
  expect(await service.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(most_ms);
  await cut;
});

it('leaves word that it was told to end, and ends in order where it cannot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-endings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const directory = join(folder, 'endings');
  for (let life = 0; life < 2; life += 1) {
    const service = await startLeakyService({ env: { LOG_LEVEL: 'warn', ENDINGS_DIRECTORY: directory } });
    expect(await service.stop()).toBe(0);
    const name = readdirSync(directory).toSorted().at(-1) ?? '';
    expect(JSON.parse(readFileSync(join(directory, name), 'utf8'))).toMatchObject({
      pid: service.child.pid,
      reason: 'SIGTERM',
    });
  }
  expect(readdirSync(directory)).toHaveLength(2);
  const env = { LOG_LEVEL: 'silent', ENDINGS_DIRECTORY: '/dev/null/endings' };
  expect(await (await startLeakyService({ env })).stop()).toBe(0);
});

it('ends with whoever started it', async () => {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
  service.child.disconnect();
  expect(await once(service.child, 'exit')).toEqual([0, null]);
});

it.each([
  ['a leak that there is not', { LEAKS: 'cash' }, /LEAKS.*Expected one of cache, .*got "cash"/s],
  ['a port that is none', { PORT: '99999' }, /PORT: expected a port up to 65535, got "99999"/],
  ['a level that is none', { LOG_LEVEL: 'loud' }, /LOG_LEVEL: expected .*got "loud"/],
  ['a token too short', { ADMIN_TOKEN: 'x' }, /ADMIN_TOKEN: expected at least 8 characters/],
  [
    'patience without end',
    { WORK_PATIENCE_SECONDS: '61' },
    /WORK_PATIENCE_SECONDS: expected whole seconds from 1 to 60/,
  ],
])('does not start with %s, and says why', async (_name, env, message) => {
  expect(await failingStart(env)).toEqual({ code: 1, error: expect.stringMatching(message) });
});

it('says that its port is taken', async () => {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
  const { port } = new URL(service.url);
  expect(await failingStart({ PORT: port })).toEqual({
    code: 1,
    error: expect.stringMatching(new RegExp(`Port 127.0.0.1:${port} is taken.*set PORT`)),
  });
  await service.stop();
});

/** Waits until no new connection is taken. */
async function refused({ url }: RunningService): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const taken = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!taken) return;
  }
}

async function failingStart(env: Record<string, string>): Promise<{ code: number | null; error: string }> {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [error, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, error };
}
