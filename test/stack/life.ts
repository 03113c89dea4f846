import { expect } from 'vitest';
import { runScript } from './observe.ts';
import { docker, type Stack } from './stack.ts';

/** One life of the service under load, from the first request to the answer of the next process. */
export interface Life {
  readonly loaded_seconds: number;
  /** When the container ended, as the engine tells it. */
  readonly died_seconds: number;
  /** When the next process answered. */
  readonly back_seconds: number;
}

/**
 * Drives a leak by k6 until the kernel ends the service, and waits for the next process. At the default load, unless
 * `settings` of the script say otherwise.
 */
export async function driveToDeath(
  stack: Stack,
  leak: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Life> {
  const loaded_seconds = Date.now() / 1000;
  const k6 = await runScript(stack, 'memory-stress.ts', { LEAKS: leak, ...settings });
  expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
  const container = await stack.containerOf('leaky-service');
  const died_seconds = await lastDeath(container, loaded_seconds);
  const answers = async () =>
    (await fetch(`${stack.url.service}/health`).catch(() => undefined))?.ok ?? false;
  await expect.poll(answers, { timeout: 60_000, interval: 100 }).toBe(true);
  return { loaded_seconds, died_seconds, back_seconds: Date.now() / 1000 };
}

async function lastDeath(container: string, since_seconds: number): Promise<number> {
  const deaths = async () => {
    const span = ['--since', `${Math.floor(since_seconds)}`, '--until', `${Math.ceil(Date.now() / 1000)}`];
    const filters = ['--filter', `container=${container}`, '--filter', 'event=die'];
    const { stdout } = await docker(['events', ...span, ...filters, '--format', '{{.TimeNano}}']);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => Number(line) / 1e9);
  };
  await expect.poll(async () => (await deaths()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  return (await deaths()).at(-1) ?? Number.NaN;
}
