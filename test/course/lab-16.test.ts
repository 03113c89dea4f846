import { afterAll, beforeAll, expect, it } from 'vitest';
import { Terminal } from '../texts/terminal.ts';

/**
 * The commands that the lab this one is a twin of has its readers type
 * (https://github.com/cheenbabes/distributed-labs, labs/week-16-memory-leak): address, paths, headers and bodies as they are there.
 */
let terminal: Terminal;
beforeAll(async () => {
  terminal = await Terminal.open('embedded');
  expect((await terminal.run('./lab up --detach')).code).toBe(0);
});
afterAll(() => terminal?.[Symbol.asyncDispose]());

async function typed<T = Record<string, unknown>>(command: string): Promise<T> {
  const { code, output } = await terminal.run(command);
  expect(code, `${command}\n${output}`).toBe(0);
  return (output.trim() === '' ? undefined : JSON.parse(output)) as T;
}
const requests = (count: number, more = '') =>
  `for i in {1..${count}}; do\n  curl -s http://localhost:8080/api/data > /dev/null${more}\ndone`;
const leakCommand = (id: string, enabled: boolean) =>
  `curl -s -X POST http://localhost:8080/admin/leaks/${id} \\\n  -H "Content-Type: application/json" \\\n  -d '{"enabled": ${enabled}}' | jq`;
const clearCommand = (id: string) =>
  `curl -s -X POST http://localhost:8080/admin/leaks/clear \\\n  -H "Content-Type: application/json" \\\n  -d '{"leak_type": "${id}"}' | jq`;
const statusOf = (id: string) =>
  typed<{ enabled: boolean; entries: number; count: number; estimated_size_mb: number }>(
    `curl -s http://localhost:8080/admin/leaks/status | jq '.leaks.${id}'`,
  );
interface Status {
  readonly leaks: Record<string, { enabled: boolean; entries: number; estimated_size_mb: number }>;
}

it('exercise 1: memory before anything leaks', async () => {
  const memory = await typed<{ process: { rss_mb: number; pid: number } }>(
    'curl -s http://localhost:8080/admin/memory | jq',
  );
  expect(memory.process.rss_mb).toBeGreaterThan(20);
  const { leaks } = await typed<Status>('curl -s http://localhost:8080/admin/leaks/status | jq');
  for (const id of ['cache', 'listeners', 'history'])
    expect(leaks[id]).toMatchObject({ enabled: false, entries: 0 });
  await typed(requests(100));
  const after = await typed<{ rss_mb: number }>("curl -s http://localhost:8080/admin/memory | jq '.process'");
  expect(after.rss_mb).toBeLessThan(memory.process.rss_mb + 30);
});

it('exercises 2, 4 and 5: the cache leaks, its line is found, it is cleared and off', async () => {
  expect(await typed(leakCommand('cache', true))).toMatchObject({ enabled: true });
  expect(await statusOf('cache')).toMatchObject({ enabled: true });
  expect(await typed('curl -s http://localhost:8080/admin/memory/diff | jq')).toMatchObject({
    status: 'baseline_set',
    baseline_size_mb: expect.any(Number),
  });
  await typed(`${requests(500, ' &')}\nwait`);
  const { leaks } = await typed<Status>('curl -s http://localhost:8080/admin/leaks/status | jq');
  expect(leaks['cache']?.entries).toBe(500);
  expect(leaks['cache']?.estimated_size_mb).toBeGreaterThan(5);

  const diff = await typed<{
    status: string;
    growing_allocations: { location: string; size_diff_kb: number; count_diff: number }[];
    total_growth_mb: number;
  }>('curl -s http://localhost:8080/admin/memory/diff | jq');
  expect(diff).toMatchObject({ status: 'diff_computed', total_growth_mb: expect.any(Number) });
  expect(diff.growing_allocations[0]?.location).toContain('response-cache.ts');
  const { by_line } = await typed<{ by_line: { location: string; size_mb: number; count: number }[] }>(
    'curl -s http://localhost:8080/admin/memory/snapshot | jq',
  );
  expect(by_line[0]).toMatchObject({
    location: expect.any(String),
    size_mb: expect.any(Number),
    count: expect.any(Number),
  });

  await typed(clearCommand('cache'));
  expect(await typed('curl -s -X POST http://localhost:8080/admin/gc | jq')).toBeTypeOf('object');
  expect(await typed(leakCommand('cache', false))).toMatchObject({ enabled: false });
  await typed(requests(200));
  expect(await statusOf('cache')).toMatchObject({ enabled: false, entries: 0 });
});

it.each(['listeners', 'history'])('exercise 6: %s', async (id) => {
  await typed(leakCommand(id, true));
  await typed(requests(100));
  expect(await statusOf(id)).toMatchObject({ enabled: true, entries: 100, count: 100 });
  await typed(clearCommand(id === 'history' ? 'all' : id));
  await typed(leakCommand(id, false));
  expect(await statusOf(id)).toMatchObject({ enabled: false, entries: 0 });
});

it('its answers to what is odd: clearing without a content type, and the health', async () => {
  await typed(`curl -s -X POST localhost:8080/admin/leaks/clear -d '{"leak_type":"all"}' | jq`);
  expect(await typed('curl -s localhost:8080/health | jq')).toMatchObject({ status: expect.any(String) });
});
