import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import type { UpstreamClient } from './client.ts';
import type { Resource } from './errors.ts';

/** The exit code of a process that can open no connection any more: "system error" in sysexits.h. */
export const exhaustedExitCode = 71;

/** One descriptor in reserve: where all others are used up, the end can still be told and noted. */
let reserve: number | undefined = openSync(devNull, 'r');

/**
 * Says what has been used up, by how much of what, so that nobody needs to guess after the end. The process is to end
 * then: its reserve is used up, too.
 */
export function inWords(resource: Resource, { connectionStates: { busy, idle } }: UpstreamClient): string {
  if (reserve !== undefined) closeSync(reserve);
  reserve = undefined;
  const connections = `${busy + idle} connections to the upstream are open, ${busy} of them busy`;
  return `No ${resource} left${used[resource]()}: no connection can be opened. ${connections}. The service ends, since it is of no use without.`;
}

const used: Readonly<Record<Resource, () => string>> = {
  'file descriptors': () => quantity(openDescriptors, mostDescriptors),
  'local ports': () => '',
  'memory for sockets': () => '',
};

const openDescriptors = () => readdirSync('/proc/self/fd').length;
const mostDescriptors = () =>
  Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);

/** " (255 of 256 in use)"; nothing where the system does not tell. */
function quantity(now: () => number, most: () => number): string {
  try {
    return ` (${now()} of ${most()} in use)`;
  } catch {
    return '';
  }
}
