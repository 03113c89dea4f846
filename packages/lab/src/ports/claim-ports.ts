import { LabError } from '../lab-error.ts';
import { portVariables } from '../settings.ts';
import { anyFreePort, whyNotFree } from './free-port.ts';
import { findPortHolder, holderInWords } from './port-holder.ts';

/** Ports the embedded lab listens on. */
export interface EmbeddedPorts {
  readonly service: number;
  readonly upstream: number;
  readonly console: number;
}

/** Sees that each port is free, and finds one for each 0. Throws a `LabError` that says by whom one is taken. */
export async function claimPorts(wanted: EmbeddedPorts): Promise<EmbeddedPorts> {
  const service = await claim('service', wanted.service, '--port');
  const upstream = await claim('upstream', wanted.upstream, '--upstream-port');
  const console = await claim('console', wanted.console, '--console-port');
  const ports = { service, upstream, console };
  const taken = [service, upstream, console];
  const twice = taken.find((port, index) => taken.indexOf(port) !== index);
  if (twice === undefined) return ports;
  throw new LabError({
    problem: `Service, upstream and console cannot share port ${twice}.`,
    expected: 'three ports',
    came: `service ${service}, upstream ${upstream}, console ${console}`,
    advice: '0 is any that is free: ./lab up --upstream-port 0 --console-port 0',
  });
}

async function claim(name: keyof EmbeddedPorts, port: number, option: string): Promise<number> {
  if (port === 0) return anyFreePort();
  const reason = await whyNotFree(port);
  if (reason === undefined) return port;
  const free = await anyFreePort();
  throw new LabError({
    problem: `Port ${port}, for the ${name}, ${reason === 'EADDRINUSE' ? 'is taken' : `cannot be used (${reason})`}.`,
    expected: 'a port of 127.0.0.1 that nothing listens on',
    came: reason === 'EADDRINUSE' ? `it is held by ${holderInWords(findPortHolder(port))}` : reason,
    advice: `./lab up ${option} ${free}, or ${portVariables[name][0]}=${free} in .env or the environment`,
  });
}
