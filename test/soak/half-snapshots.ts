import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files under a snapshot's own name that are not whole. A snapshot is one JSON object: whole when it ends with its brace. */
export function halfOnes(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.heapsnapshot'))
    .filter((name) => !lastByteOf(join(folder, name)).includes('}'));
}

function lastByteOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const end = Buffer.alloc(2);
    readSync(descriptor, end, 0, 2, Math.max(0, statSync(file).size - 2));
    return end.toString();
  } finally {
    closeSync(descriptor);
  }
}
