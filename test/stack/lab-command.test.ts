import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabCommand } from '../embedded/support/lab-command.ts';
import { docker, openStack, type Stack } from './stack.ts';

let stack: Stack;
let lab: LabCommand;
beforeAll(async () => {
  stack = await openStack();
  const portOf = (url: string) => new URL(url).port;
  lab = new LabCommand({
    COMPOSE_PROJECT_NAME: stack.project,
    SERVICE_PORT: portOf(stack.url.service),
    CONSOLE_PORT: portOf(stack.url.console),
    PROMETHEUS_PORT: portOf(stack.url.prometheus),
    JAEGER_PORT: portOf(stack.url.jaeger),
    GRAFANA_PORT: portOf(stack.url.grafana),
  });
});
afterAll(() => stack?.close());

it('./lab status finds the stack, and asks the parts that have no health check over HTTP', async () => {
  const { code, stdout } = await lab.run('status', '--json');
  const status = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(status).toMatchObject({ running: 'docker', healthy: true, url: stack.url.service, embedded: null });
  expect(status.stack).toEqual(
    expect.arrayContaining([
      { service: 'jaeger', asked: `${stack.url.jaeger}/api/services`, answers: true },
      { service: 'otel-collector', asked: expect.stringContaining('13133'), answers: true },
      { service: 'prometheus', asked: `${stack.url.prometheus}/-/ready`, answers: true },
    ]),
  );
});

it('what was reached in the course comes back from the copy beside the clone, where the volume is gone', async () => {
  expect(await lab.run('start', '01')).toMatchObject({ code: 0 });
  await stack.compose('rm', '--stop', '--force', 'console');
  expect(await docker(['volume', 'rm', `${stack.project}_console-data`])).toMatchObject({ code: 0 });
  expect(await stack.compose('up', '--detach', '--wait', '--no-deps', 'console')).toMatchObject({ code: 0 });
  const { stdout, stderr } = await lab.run('progress', '--json');
  expect(stderr).toContain('brought back');
  expect(JSON.parse(stdout)[0]).toMatchObject({ id: '01', standing: 'begun' });
  expect((await lab.run('progress')).stderr).toBe('');
});

it('./lab load drives the container to its kill, says what the engine says of it, and goes on', async () => {
  expect(await lab.run('leak', 'cache', 'on', '--bytes', '1m')).toMatchObject({ code: 0 });
  const { stdout, stderr } = await lab.run(
    'load',
    '--engine',
    'autocannon',
    '--rate',
    '100',
    '--duration',
    '20s',
    '--json',
  );
  const { deaths, answered } = JSON.parse(stdout);
  expect(deaths, stderr).toMatchObject([{ cause: 'killed by the kernel for want of memory (exit 137)' }]);
  expect(answered).toBeGreaterThan(deaths[0].after_requests);
});

it('./lab logs shows the container’s, and ./lab down removes the stack', async () => {
  expect((await lab.run('logs', '-n', '5')).stdout).toContain('leaky-service');
  expect((await lab.run('down', '--volumes')).code).toBe(0);
  expect((await stack.compose('ps', '--all', '--quiet')).stdout).toBe('');
  expect((await lab.run('status')).code).toBe(3);
});
