import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../settings.ts';

/** Servers that speak the protocol, the better one first. */
const names = ['valkey-server', 'redis-server'];

/** Finds a server of keys and values on PATH; `undefined` where there is none. */
export const findValkeyServer = (environment: Environment = process.env): string | undefined =>
  findOnPath(names, environment);

/** The first of these programs that is on PATH, wherever another one is. */
export function findOnPath(
  programs: readonly string[],
  environment: Environment = process.env,
): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** As the lab runs it: reached from this machine only, nothing written to a disk, and full at `maxmemory_bytes`. */
export const serverArguments = (port: number, folder: string, maxmemory_bytes: number): string[] => [
  ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
  ...['--maxmemory', String(maxmemory_bytes), '--maxmemory-policy', 'noeviction'],
];
