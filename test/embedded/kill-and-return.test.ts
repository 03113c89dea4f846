import { describe, expect } from 'vitest';
import type { Death } from '../../packages/lab/src/state/deaths.ts';
import { labTest as it, until } from './support/lab-command.ts';
import { tracesOf } from './support/traces.ts';

interface HeapStatistics {
  readonly heap: { readonly heap_size_limit_bytes: number };
}

/** What the service wrote since its last start. */
const lastLife = (log: string) => log.slice(log.lastIndexOf('"msg":"listening"'));

/** Fills 256 MB within seconds. */
const big = ['--bytes', '1m'];

describe.concurrent('the embedded lab', () => {
  it('is killed for real under load, comes back clean, and leaves nothing', async ({ lab }) => {
    const begun = await lab.up();
    const { code, stdout } = await lab.run('leak', 'cache', 'on', ...big);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('cache is on, 1,048,576 bytes a request'),
    });

    const load = lab.watch('load', '--engine', 'autocannon', '--rate', '100', '--json');
    await until('the load to see the return', () => load.stderr.includes('✓ The service is back'));
    await until('requests to the next process', () => lastLife(lab.log('service')).includes('/api/data'));
    const { code: loadCode, stdout: summaryText, stderr: shown } = await load.interrupt();
    expect(loadCode, shown).toBe(0);
    const summary = JSON.parse(summaryText);
    expect(summary.deaths, shown).toHaveLength(1);
    expect(summary.deaths[0].after_requests).toBeGreaterThan(100);
    // It went on after the restart.
    expect(summary.answered).toBeGreaterThan(summary.deaths[0].after_requests);
    expect(shown).toMatch(/✗ The service died after [\d,]+ requests and [\d.]+ s: /);

    const [death, ...more] = lab.deaths();
    expect(more).toEqual([]);
    const byKernel = begun.limit.kind.startsWith('cgroup');
    expect(death).toMatchObject({
      program: 'service',
      pid: begun.service.process?.pid,
      ended_by: byKernel ? 'kernel-oom-kill' : expect.stringMatching(/watchdog|kill/),
      exit_status: 137,
      memory_limit_bytes: 256 * 1024 ** 2,
    });
    expect(death?.last_memory_bytes).toBeGreaterThan(0.7 * 256 * 1024 ** 2);
    expect(lab.log('supervisor')).toMatch(/✗ The service died[\s\S]*known by[\s\S]*✓ The service is back/);

    const { stdout: now } = await lab.run('status', '--json');
    const status = JSON.parse(now);
    expect(status).toMatchObject({ running: 'embedded', healthy: true });
    expect(status.deaths.filter((one: Death) => one.program === 'service')).toHaveLength(1);
    expect(status.leaks.filter((leak: { enabled: boolean }) => leak.enabled)).toEqual([]);

    const end = lab.state();
    expect((await lab.run('down')).code).toBe(0);
    expect(await tracesOf(end)).toEqual([]);
    expect(lab.hasState()).toBe(false);
    expect((await lab.run('status')).code).toBe(3);
  });

  it('with --heap-limit is ended by V8, and with --leak comes back leaking', async ({ lab }) => {
    await lab.up('--heap-limit', '64', '--leak', 'cache');
    const { service } = lab.state();
    await lab.run('leak', 'cache', 'on', '--bytes', '100k');
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '400');
    const death = await until('the death of the service', () => lab.deaths()[0]);
    expect(death).toMatchObject({ pid: service.process?.pid, ended_by: 'v8-heap-limit', exit_status: 134 });
    expect(death.evidence).toContain('FATAL ERROR');
    load.kill('SIGINT');
    await until('the service to be back', () => lab.log('supervisor').includes('The service is back'));
    const { leaks } = JSON.parse((await lab.run('status', '--json')).stdout);
    expect(leaks.find((leak: { id: string }) => leak.id === 'cache')).toMatchObject({ enabled: true });
  });

  it('under the watchdog dies by it, and says so', async ({ lab }) => {
    const { limit, service } = await lab.up('--limit-by', 'watchdog');
    expect(limit).toMatchObject({ kind: 'watchdog', reason: 'the watchdog was asked for' });
    // V8 keeps its heap as small as it would inside a cgroup.
    const { heap } = (await (await fetch(`${service.url}/admin/heap/statistics`)).json()) as HeapStatistics;
    expect(heap.heap_size_limit_bytes).toBeLessThanOrEqual(1.1 * limit.limit_bytes);
    await lab.run('leak', 'cache', 'on', ...big);
    const load = lab.start('load', '--engine', 'autocannon', '--rate', '100');
    const death = await until('the death of the service', () => lab.deaths()[0]);
    expect(death).toMatchObject({ ended_by: 'watchdog', exit_status: 137 });
    load.kill('SIGINT');
  });
});
