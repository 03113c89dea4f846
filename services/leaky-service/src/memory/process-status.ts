import { readFileSync } from 'node:fs';

/** The main thread's stack; resident memory, as it is and at its highest (man 5 proc). */
type SizeField = 'VmStk' | 'VmRSS' | 'VmHWM';

/** What the kernel says of this process, bytes; `undefined` where it does not tell (it is Linux that does). */
export function status_bytes(field: SizeField): number | undefined {
  try {
    const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm');
    const [, kilobytes] = line.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
