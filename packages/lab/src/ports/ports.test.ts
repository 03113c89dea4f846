import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { claimPorts } from './claim-ports.ts';
import { anyFreePort, whyNotFree } from './free-port.ts';
import { findPortHolder, listeningInodes, parseLsof } from './port-holder.ts';

const run = promisify(execFile);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Listens on a port and answers with its number. */
async function occupy(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const free = { service: 0, upstream: 0, console: 0, patient_b: 0, patient_c: 0 };

describe('a port', () => {
  it('is free until somebody listens', async () => {
    expect(await whyNotFree(await anyFreePort())).toBeUndefined();
    expect(await whyNotFree(await occupy())).toBe('EADDRINUSE');
  });

  it('that is any stays free until it is listened on: given once, and by the system to nobody', async () => {
    const given = await Promise.all(Array.from({ length: 20 }, anyFreePort));
    expect(new Set(given).size).toBe(20);
    const leastOfSystem = 32_768;
    expect(Math.max(...given)).toBeLessThan(leastOfSystem);
  });

  it('that is any is another one for a process that asks at the same time', async () => {
    const here = await anyFreePort();
    const file = new URL('free-port.ts', import.meta.url).href;
    const script = `import { anyFreePort } from '${file}'; console.log(await anyFreePort())`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(Number(stdout)).toBeGreaterThan(1024);
    expect(Number(stdout)).not.toBe(here);
  });

  it.skipIf(process.platform === 'win32')('that is taken is told with its holder', async () => {
    expect(findPortHolder(await occupy())).toMatchObject({ pid: process.pid });
    expect(findPortHolder(await anyFreePort())).toBeUndefined();
  });

  it('that is taken stops the start, and the message says which, by whom, and what to do', async () => {
    const port = await occupy();
    await expect(claimPorts({ ...free, service: port })).rejects.toThrow(
      new RegExp(
        `Port ${port}, for the service, is taken[\\s\\S]*process ${process.pid}[\\s\\S]*--port \\d+, or SERVICE_PORT=`,
      ),
    );
  });

  it('of 0 is any that is free, another for each', async () => {
    const ports = Object.values(await claimPorts(free));
    expect(new Set([...ports, 0]).size).toBe(6);
  });

  it('of a service that is there later may be taken for now', async () => {
    const port = await occupy();
    expect(await claimPorts({ ...free, patient_b: port })).toMatchObject({ patient_b: port });
  });

  it('cannot be had twice', async () => {
    const port = await anyFreePort();
    for (const wanted of [
      { ...free, service: port, upstream: port },
      { ...free, upstream: port, console: port },
    ])
      await expect(claimPorts(wanted)).rejects.toThrow(`cannot share port ${port}`);
  });
});

it('a table of /proc/net/tcp yields the sockets that listen on the port, not the connected ones', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1`;
  expect(listeningInodes(table, 8080)).toEqual(['4711']);
});

it('lsof’s fields yield the process', () => {
  expect(parseLsof('p4242\ncnode\nf21\n')).toEqual({ pid: 4242, command: 'node' });
  expect(parseLsof('')).toBeUndefined();
});
