import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished } from 'vitest';
import { isAlive } from '../../packages/lab/src/state/process-identity.ts';
import { kill } from './support/kill.ts';
import { labTest as it, until } from './support/lab-command.ts';
import { tracesOf } from './support/traces.ts';

describe.concurrent('./lab up', () => {
  it('in the foreground says where the lab is and who keeps the limit; Ctrl-C leaves nothing', async ({
    lab,
  }) => {
    const up = lab.watch('up');
    await until('the lab to be ready', () => up.stdout.includes('Ctrl-C stops everything'));
    expect(up.stdout).toMatch(
      /service {3}http:\/\/127\.0\.0\.1:\d+ \(process \d+\)[\s\S]*memory {4}256 MB, kept by [\s\S]*because/,
    );
    const state = lab.state();
    const { code, stdout } = await up.interrupt();
    expect(code).toBe(0);
    expect(stdout).toMatch(/Stopped: nothing is left running/);
    expect(await tracesOf(state)).toEqual([]);
  });

  it('a second time says that one is running', async ({ lab }) => {
    const { supervisor } = await lab.up();
    for (const args of [['up'], ['up', '--detach']]) {
      const second = await lab.run(...args);
      expect(second.code).toBe(1);
      expect(second.stderr).toMatch(
        new RegExp(`runs already \\(supervisor: process ${supervisor.pid}\\)[\\s\\S]*lab down`),
      );
    }
  });

  it('on a taken port says which, by whom, and how to choose another', async ({ lab }) => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await lab.run('up', '--port', String(port));
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port}, for the service, is taken.`);
    expect(stderr).toContain(`process ${process.pid}`);
    expect(stderr).toMatch(/do {8}.\/lab up --port \d+/);
    expect(lab.hasState()).toBe(false);
  });

  it('with a leak there is none of gives up with the service’s own words, and leaves nothing', async ({
    lab,
  }) => {
    const { code, stderr } = await lab.run('up', '--detach', '--leak', 'cach');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/did not start[\s\S]*LEAKS[\s\S]*cach/);
    expect(lab.hasState()).toBe(false);
  });
});

describe.concurrent('a supervisor that is killed', () => {
  it('leaves no process behind, and the next ./lab up clears the rest', async ({ lab }) => {
    const first = await lab.up();
    process.kill(first.supervisor.pid, 'SIGKILL');
    // Elsewhere Valkey, which hears no channel being closed, is cleared by the next command.
    const valkey = process.platform === 'linux' && first.valkey && 'process' in first.valkey;
    const programs = [
      first.service.process,
      first.upstream.process,
      valkey ? first.valkey.process : undefined,
    ].filter((program) => program !== undefined);
    await until('the programs to stop by themselves', () => !programs.some(isAlive), 15_000);
    expect((await lab.run('status')).code).toBe(3);
    const second = await lab.up();
    expect(second.supervisor.pid).not.toBe(first.supervisor.pid);
    expect(await tracesOf(first)).toEqual([]);
  });

  it('is cleared by ./lab down too', async ({ lab }) => {
    const state = await lab.up();
    process.kill(state.supervisor.pid, 'SIGKILL');
    const { stdout, code } = await lab.run('down');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Cleared what a killed lab left'),
    });
    expect(await tracesOf(state)).toEqual([]);
  });
});

it.concurrent('the service that a signal from outside ends is started again, and the record says so', async ({
  lab,
}) => {
  const { service } = await lab.up();
  kill('the service', service.process);
  await until('the service to be back', () => lab.log('supervisor').includes('The service is back'));
  expect(lab.deaths()).toMatchObject([{ ended_by: 'signal', signal: 'SIGKILL', exit_status: 137 }]);
  expect(lab.state().service.process?.pid).not.toBe(service.process?.pid);
});
