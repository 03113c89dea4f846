import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A network of its own, with nothing but the loopback: every port is free in it, and no other lab is reached from it. */
export interface Namespace {
  /** What to put before a command so that it runs inside. */
  readonly prefix: readonly string[];
  close(): Promise<void>;
}

/** Opens one; `undefined` where the system has none for us (macOS, Windows, a container that may not). */
export async function openNamespace(): Promise<Namespace | undefined> {
  const asRoot = process.getuid?.() === 0;
  const enter = asRoot ? ['--net'] : ['--net', '--map-root-user'];
  const up = 'ip link set lo up && echo up && exec cat';
  if (spawnSync('unshare', [...enter, 'ip', 'link', 'set', 'lo', 'up']).status !== 0) return undefined;
  // It lives as long as its input is open, so that none is left when a test run is killed.
  const holder = spawn('unshare', [...enter, 'sh', '-c', up], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const of = (kind: string) => `--${kind}=/proc/${holder.pid}/ns/${kind}`;
  return {
    prefix: ['nsenter', of('net'), ...(asRoot ? [] : [of('user'), '--preserve-credentials']), '--'],
    close: () => closed(holder),
  };
}

async function closed(holder: ChildProcess): Promise<void> {
  const exited = once(holder, 'exit');
  holder.stdin?.end();
  await exited;
}
