import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

const largest_bytes = 32 * 1024 ** 2;

/** Opens a log to be written by a child directly: it goes on when the supervisor is gone. */
export function openLog(file: string): number {
  return openSync(file, 'a');
}

/** Sets a log aside as `<file>.1` when it has grown past 32 MB. The writer appends, so it goes on at 0. */
export function rotateLog(file: string, limit_bytes = largest_bytes): boolean {
  try {
    if (statSync(file).size <= limit_bytes) return false;
    copyFileSync(file, `${file}.1`);
    truncateSync(file, 0);
    return true;
  } catch {
    return false;
  }
}

/** How long a file is now; 0 where there is none. */
export function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The end of a file as text: whole lines of its last `bytes`, none before `from`; empty where there is no file. */
export function tailOf(file: string, bytes = 8192, from = 0): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(descriptor);
    // A log that was set aside meanwhile is shorter than it was: then all of it is new.
    const floor = from > size ? 0 : from;
    const start = Math.max(floor, size - bytes);
    const buffer = Buffer.alloc(size - start);
    readSync(descriptor, buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8');
    return start === floor ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    closeSync(descriptor);
  }
}

/** The last lines of a log, without empty ones. */
export function lastLines(file: string, count = 6): string {
  const longest_line_bytes = 1024;
  return tailOf(file, Math.max(8192, count * longest_line_bytes))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
