import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readVariables } from '../../packages/lab/src/settings.ts';
import { causeOfContainer } from '../../packages/lab/src/stress/causes.ts';
import { judge } from '../../packages/lab/src/stress/judge.ts';
import { runProcedure } from '../../packages/lab/src/stress/procedure.ts';
import { containerReader } from '../../packages/lab/src/stress/readers/container-reader.ts';
import { engineMemory } from '../../packages/lab/src/stress/readers/engine-memory.ts';
import { Sender } from '../../packages/lab/src/stress/sender.ts';
import { untilAnswer } from '../embedded/support/lab-command.ts';

const limit_bytes = 128 * 2 ** 20;
const kept_bytes = 8_192;
const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** A container of 128 MB whose server keeps so much of each request. */
async function leakingContainer() {
  const name = `leak-lab-test-${randomUUID().slice(0, 8)}`;
  const server = `const kept = []; require('node:http').createServer((_, answer) => { kept.push(Buffer.alloc(${kept_bytes}, 1)); answer.end(); }).listen(8080)`;
  const limits = ['--memory', '128m', '--memory-swap', '128m', '--publish', '127.0.0.1::8080'];
  docker(
    'run',
    '--detach',
    '--name',
    name,
    ...limits,
    String(readVariables()['NODE_IMAGE']),
    'node',
    '-e',
    server,
  );
  const url = `http://${docker('port', name, '8080').split('\n')[0]}/`;
  await untilAnswer('the server in the container', async () => (await fetch(url)).ok);
  return { name, url, [Symbol.asyncDispose]: async () => void docker('rm', '--force', name) };
}

it('a container that is killed under load: at which memory, after how many requests, and what each kept', async () => {
  await using container = await leakingContainer();
  const { name, url } = container;
  const reader = await containerReader(name);
  const { used_bytes, process } = await reader.read();
  expect(process).toMatch(/^[0-9a-f]{12}, started \d{4}-/);
  // By the cgroup, where this machine shows it, as by the engine.
  const told = await engineMemory(docker('inspect', '--format', '{{.Id}}', name));
  expect(told.limit_bytes).toBe(limit_bytes);
  expect(Math.abs((told.used_bytes ?? 0) - (used_bytes ?? 0))).toBeLessThan(2 ** 20);

  const sender = new Sender({ url, method: 'GET' }, { workers: 10 });
  const rest = { readings: 5, interval_seconds: 0.3 };
  const result = await runProcedure({ reader, sender, requests: 40_000, rest, idle: rest });
  expect(result.outcome).toMatchObject({ kind: 'ended', during: 'load', restarted: false });
  const cause = await causeOfContainer(name);
  expect(cause).toEqual({ words: 'killed for want of memory (exit 137)', killed: true });
  const verdict = judge(result, {}, cause?.killed);
  expect(verdict).toMatchObject({
    finding: 'leak',
    where: 'resident',
    deaths: [{ killed: true, limit_bytes }],
  });
  expect((verdict.bytes_per_request?.value ?? 0) / kept_bytes).toBeGreaterThan(0.8);
  expect((verdict.bytes_per_request?.value ?? 0) / kept_bytes).toBeLessThan(1.2);
});

it('a container that there is not is refused', async () => {
  await expect(containerReader('leak-lab-no-such-container')).rejects.toThrow(
    /There is no container leak-lab-no-such-container to read[\s\S]*docker ps/,
  );
});
