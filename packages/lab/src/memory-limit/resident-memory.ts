import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kibibyte_bytes = 1024;

/** Reads a process's resident memory; `undefined` when it is gone. */
export type ResidentReader = (pid: number) => Promise<number | undefined>;

/** The reader for this system. */
export function residentReader(platform: NodeJS.Platform = process.platform): ResidentReader {
  const read = { linux: readLinux, win32: readWindows }[platform as string] ?? readPs;
  return (pid) => read(pid).catch(() => undefined);
}

const readLinux: ResidentReader = async (pid) => parseStatus(await readFile(`/proc/${pid}/status`, 'utf8'));

const readPs: ResidentReader = async (pid) => {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return stdout.trim() === '' ? undefined : Number(stdout) * kibibyte_bytes;
};

const readWindows: ResidentReader = async (pid) => {
  const { stdout } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
  return parseTasklist(stdout);
};

/** The resident memory in `/proc/<pid>/status`; `undefined` for a process that is dead already. */
export function parseStatus(status: string): number | undefined {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * kibibyte_bytes;
}

/** The memory column of `tasklist /FO CSV /NH`: `"node.exe","1234","Console","1","81,234 K"`, in any locale. */
export function parseTasklist(output: string): number | undefined {
  const column = /"([^"]*)\sK"\s*$/m.exec(output)?.[1];
  return column === undefined ? undefined : Number(column.replaceAll(/\D/g, '')) * kibibyte_bytes;
}
