import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Footprint, measureFootprint } from './footprint.ts';
import { openStack, readServices, type Stack } from './stack.ts';

const megabyte = 2 ** 20;

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());

it('starts within 30 s where its images are there', async () => {
  const { services, absent } = await readServices();
  await stack.compose('down', '--volumes', '--timeout', '5');
  const begun_ms = performance.now();
  const up = await stack.compose(
    'up',
    '--detach',
    '--wait',
    ...services.filter((name) => !absent.includes(name)),
  );
  const took_seconds = (performance.now() - begun_ms) / 1000;
  expect(up, up.stderr).toMatchObject({ code: 0 });
  console.log(
    `healthy after ${took_seconds.toFixed(1)} s${absent.length > 0 ? `, without ${absent.join(', ')}` : ''}`,
  );
  expect(took_seconds).toBeLessThan(30);
});

it('takes at most 700 MB and a tenth of one core while nothing is asked of it', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  const footprint = await measureFootprint(stack, 10);
  console.log(inWords(footprint));
  expect(Object.keys(footprint.parts)).toEqual(
    expect.arrayContaining(['leaky-service', 'prometheus', 'jaeger']),
  );
  expect(footprint.memory_bytes).toBeLessThan(700 * megabyte);
  expect(footprint.processor_share).toBeLessThan(0.1);
});

it('keeps what it records within bounds', async () => {
  const { stdout } = await stack.compose('config', '--format', 'json');
  const { services } = JSON.parse(stdout) as { services: Record<string, { command?: string[] }> };
  const prometheus = services['prometheus']?.command ?? [];
  expect(prometheus).toContainEqual(expect.stringMatching(/^--storage\.tsdb\.retention\.time=\d+h$/));
  expect(prometheus).toContainEqual(expect.stringMatching(/^--storage\.tsdb\.retention\.size=\d+MB$/));
});

function inWords({ memory_bytes, processor_share, parts }: Footprint): string {
  const line = (name: string, bytes: number, share: number) =>
    `${name}: ${(bytes / megabyte).toFixed(0)} MB, ${(100 * share).toFixed(1)} % of a core`;
  const lines = Object.entries(parts).map(([name, part]) =>
    line(name, part.memory_bytes, part.processor_share),
  );
  return [...lines, line('all', memory_bytes, processor_share)].join('\n');
}
