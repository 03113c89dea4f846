import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const main = new URL('./main.ts', import.meta.url).pathname;

/** Starts the real process, waits until it says where it listens, and tells how to reach it. */
async function start(
  environment: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', LATENCY_MS: '100', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line');
  return { child, url: `http://127.0.0.1:${JSON.parse(line).port}` };
}

it('finishes the requests it has, then ends, on SIGTERM', async () => {
  const { child, url } = await start();
  const answer = fetch(`${url}/data`);
  await fetch(`${url}/health`);
  child.kill('SIGTERM');
  expect((await answer).status).toBe(200);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('ends when the process that started it is gone', async () => {
  const { child } = await start();
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('says which port is taken and what to do', async () => {
  const { child, url } = await start();
  const second = spawn(process.execPath, [main], { env: { ...process.env, PORT: new URL(url).port } });
  const [[text], [code]] = await Promise.all([once(second.stderr, 'data'), once(second, 'exit')]);
  expect(String(text)).toMatch(/Port \d+ is taken.*PORT=/);
  expect(code).toBe(1);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
