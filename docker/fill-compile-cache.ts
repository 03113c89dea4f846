/**
 * Starts a service once while its image is built, so that Node writes what it compiles to NODE_COMPILE_CACHE.
 *
 *   node fill-compile-cache.ts PORT NODE-ARGUMENTS...
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const [port, ...nodeArguments] = process.argv.slice(2);
const patience_ms = 30_000;

const service = spawn(process.execPath, nodeArguments, { stdio: 'inherit' });
const ended = once(service, 'exit');
const url = `http://127.0.0.1:${port}`;

const deadline = performance.now() + patience_ms;
while (!(await answers('/health'))) {
  if (service.exitCode !== null) fail(`the service ended with code ${service.exitCode}`);
  if (performance.now() > deadline) fail(`nothing answered at ${url}/health within ${patience_ms} ms`);
  await delay(100);
}
for (const path of ['/metrics', '/api/data', '/admin/memory', '/api/now', '/api/deaths', '/nothing'])
  await answers(path);
service.kill('SIGTERM');
const [code] = await ended;
if (code !== 0) fail(`the service ended with code ${code} on SIGTERM`);

async function answers(path: string): Promise<boolean> {
  const response = await fetch(url + path, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.ok ?? false;
}

function fail(reason: string): never {
  console.error(`The compile cache was not filled: ${reason}.`);
  service.kill('SIGKILL');
  process.exit(1);
}
