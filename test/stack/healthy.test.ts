import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson } from './ask.ts';
import { docker, openStack, type Stack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack?.close());

interface Inspected {
  readonly Config: { readonly User: string };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: string[];
    readonly SecurityOpt: string[];
    readonly Memory: number;
    readonly MemorySwap: number;
    readonly PortBindings: Record<string, { readonly HostIp: string }[]>;
    readonly LogConfig: { readonly Config: Record<string, string> };
  };
  readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } };
}

const services = ['leaky-service', 'upstream', 'console', 'otel-collector', 'jaeger', 'prometheus'];

async function inspect(service: string): Promise<Inspected> {
  const { stdout } = await docker(['inspect', await stack.containerOf(service)]);
  return JSON.parse(stdout)[0];
}

/** Asks from inside the network, where the upstream has a Node to ask with. */
async function statusInside(url: string): Promise<number> {
  const program = `fetch(${JSON.stringify(url)}).then((answer) => console.log(answer.status), () => console.log(0))`;
  return Number((await stack.compose('exec', '--no-TTY', 'upstream', 'node', '-e', program)).stdout);
}

describe.concurrent('a stack that has just come up', () => {
  it.for(services)('%s runs, and is healthy where it can say so', async (service) => {
    const { State } = await inspect(service);
    expect([State.Status, State.Health?.Status ?? 'healthy']).toEqual(['running', 'healthy']);
  });

  it.for(services)('%s may do no more than it must', async (service) => {
    const { Config, HostConfig } = await inspect(service);
    expect(Config.User).not.toMatch(/^(|0|root)(:|$)/);
    expect(HostConfig.ReadonlyRootfs).toBe(true);
    expect(HostConfig.CapDrop).toEqual(['ALL']);
    expect(HostConfig.SecurityOpt).toContain('no-new-privileges:true');
    expect(HostConfig.Memory).toBeGreaterThan(0);
    expect(HostConfig.MemorySwap).toBe(HostConfig.Memory);
    expect(HostConfig.LogConfig.Config).toHaveProperty('max-size');
    for (const { HostIp } of Object.values(HostConfig.PortBindings).flat()) expect(HostIp).toBe('127.0.0.1');
  });

  it('has a collector and a Jaeger that say they are well', async () => {
    expect(await statusInside('http://otel-collector:13133/')).toBe(200);
    expect(await statusInside('http://jaeger:13133/status')).toBe(200);
  });

  it('answers on the ports of its environment', async () => {
    expect(await getJson(`${stack.url.service}/health`)).toMatchObject({ status: 'ok' });
    expect(await getJson(`${stack.url.console}/api/now`)).toMatchObject({ mode: 'docker' });
    expect(await (await fetch(stack.url.console)).text()).toContain('<script');
    expect((await fetch(`${stack.url.prometheus}/-/ready`)).status).toBe(200);
    expect((await fetch(stack.url.jaeger)).status).toBe(200);
  });

  it('has a service that knows its limit', async () => {
    const { container } = await getJson<{ container: { limit_bytes: number } }>(
      `${stack.url.service}/admin/memory`,
    );
    expect(container.limit_bytes).toBe(256 * 2 ** 20);
  });

  it('has a configuration that Prometheus finds right', async () => {
    const checked = await stack.compose(
      'exec',
      '--no-TTY',
      'prometheus',
      'promtool',
      'check',
      'config',
      '/etc/prometheus/prometheus.yml',
    );
    expect(checked, checked.stdout + checked.stderr).toMatchObject({ code: 0 });
  });

  it('is read by Prometheus, all parts that have metrics', async () => {
    interface Targets {
      data: { activeTargets: { labels: { job: string }; health: string }[] };
    }
    await expect
      .poll(
        async () => {
          const { data } = await getJson<Targets>(`${stack.url.prometheus}/api/v1/targets`);
          return data.activeTargets.map(({ labels, health }) => `${labels.job} ${health}`).sort();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual(['jaeger up', 'leaky-service up', 'otel-collector up', 'prometheus up', 'span-metrics up']);
  });
});
