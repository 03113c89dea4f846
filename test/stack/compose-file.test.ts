import { describe, expect, it } from 'vitest';
import { docker } from './stack.ts';

interface Service {
  readonly image: string;
  readonly mem_limit?: string;
  readonly memswap_limit?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly security_opt?: string[];
  readonly ports?: { readonly host_ip?: string; readonly published: string }[];
  readonly volumes?: { readonly type: string; readonly source: string; readonly target: string }[];
  readonly depends_on?: Record<string, unknown>;
  readonly logging?: { readonly options?: Record<string, string> };
}

const read = async (...args: string[]) =>
  JSON.parse((await docker(['compose', '--profile', '*', 'config', '--format', 'json', ...args])).stdout);
const { name, services } = (await read()) as { name: string; services: Record<string, Service> };
const written = (await read('--no-interpolate')).services as Record<string, Service>;

it('is named leak-lab and has all parts', () => {
  expect(name).toBe('leak-lab');
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining([
      'leaky-service',
      'upstream',
      'console',
      'otel-collector',
      'jaeger',
      'prometheus',
      'grafana',
      'k6',
      'valkey',
      'patient-b',
      'patient-c',
    ]),
  );
});

// The engine shows this of what runs; here also of what a test may not start.
describe.for(Object.entries(services))('%s', ([id, service]) => {
  it('has a limit with no swap beyond it', () => {
    expect(Number(service.mem_limit)).toBeGreaterThan(0);
    expect(service.memswap_limit).toBe(service.mem_limit);
  });

  it('may do no more than it must', () =>
    expect(service).toMatchObject({
      user: expect.not.stringMatching(/^(0|root)/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      logging: { options: { 'max-size': expect.any(String) } },
    }));

  it('publishes on 127.0.0.1 only', () => {
    for (const { host_ip } of service.ports ?? []) expect(host_ip).toBe('127.0.0.1');
  });

  it('takes its image, its limit and its ports from .env', () => {
    const {
      image,
      mem_limit,
      ports = [],
    } = written[id] as unknown as Record<string, string> & { ports?: string[] };
    expect(image).toMatch(/^(\$\{[A-Z0-9]+_IMAGE\}|leak-lab\/[a-z-]+:dev)$/);
    expect(mem_limit).toMatch(/^\$\{[A-Z0-9]+_MEMORY_LIMIT\}$/);
    for (const port of ports) expect(JSON.stringify(port)).toMatch(/\$\{[A-Z_]+_PORT\}/);
  });
});

it('has one volume for evidence, which service and console mount at the same place', () => {
  const mounts = (id: string) =>
    (services[id]?.volumes ?? [])
      .filter(({ type }) => type === 'volume')
      .map(({ source, target }) => `${source} ${target}`);
  for (const id of ['leaky-service', 'patient-b', 'patient-c'])
    expect(mounts(id), id).toEqual(['evidence /shared']);
  expect(mounts('console')).toEqual(['evidence /shared', 'console-data /data']);
});

it('has no folder of the clone in a service but what the learner mends, which only the console may write', () => {
  const binds = Object.entries(services).flatMap(([id, { volumes = [] }]) =>
    volumes.filter(({ target }) => target === '/app/.lab/work').map((volume) => ({ id, ...volume })),
  );
  expect(binds).toEqual([
    expect.objectContaining({ id: 'console' }),
    expect.objectContaining({ id: 'leaky-service', read_only: true }),
  ]);
});

it('stops the console before the service', () =>
  expect(Object.keys(services['console']?.depends_on ?? {})).toEqual(['leaky-service']));
