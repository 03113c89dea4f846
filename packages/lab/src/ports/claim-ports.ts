import { LabError } from '../lab-error.ts';
import { portVariables } from '../settings.ts';
import { anyFreePort, whyNotFree } from './free-port.ts';
import { findPortHolder, holderInWords } from './port-holder.ts';

/** Ports the embedded lab listens on. */
export interface EmbeddedPorts {
  readonly service: number;
  readonly upstream: number;
  readonly console: number;
  /** Of services that are not there yet. */
  readonly patient_b: number;
  readonly patient_c: number;
}

/**
 * Sees that each port is free that is listened on from the start, and finds one for each 0. Throws a `LabError` that says by whom
 * one is taken.
 */
export async function claimPorts(wanted: EmbeddedPorts): Promise<EmbeddedPorts> {
  const others = new Set(Object.values(wanted));
  const service = await claim('service', wanted.service, '--port', others);
  const upstream = await claim('upstream', wanted.upstream, '--upstream-port', others);
  const console = await claim('console', wanted.console, '--console-port', others);
  const later = async (port: number) => (port === 0 ? await anotherFreePort(others) : port);
  const patient_b = await later(wanted.patient_b);
  const patient_c = await later(wanted.patient_c);
  const ports = { service, upstream, console, patient_b, patient_c };
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

async function claim(
  name: 'service' | 'upstream' | 'console',
  port: number,
  option: string,
  others: ReadonlySet<number>,
): Promise<number> {
  if (port === 0) return anotherFreePort(others);
  const taken = await whyTaken(port);
  if (taken === undefined) return port;
  const free = await anotherFreePort(others);
  throw new LabError({
    problem: `Port ${port}, for the ${name}, ${taken.problem}.`,
    expected: 'a port of 127.0.0.1 that nothing listens on',
    came: taken.by,
    advice: `./lab up ${option} ${free}, or ${portVariables[name][0]}=${free} in .env or the environment`,
  });
}

/** Why a port cannot be listened on, and who holds it. */
export async function whyTaken(port: number): Promise<{ problem: string; by: string } | undefined> {
  const reason = await whyNotFree(port);
  if (reason === undefined) return undefined;
  if (reason !== 'EADDRINUSE') return { problem: `cannot be used (${reason})`, by: reason };
  return { problem: 'is taken', by: `it is held by ${holderInWords(findPortHolder(port))}` };
}

/** One that is none of those that are asked for. */
async function anotherFreePort(others: ReadonlySet<number>): Promise<number> {
  let port: number;
  do port = await anyFreePort();
  while (others.has(port));
  return port;
}
