import { readFileSync } from 'node:fs';

const line = /^VmStk:\s+(\d+) kB$/m;

/** Bytes of the main thread's stack; `undefined` where the kernel does not tell (it is Linux that does). */
export function stack_bytes(): number | undefined {
  try {
    const [, kilobytes] = line.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
