import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that were written to a temporary file. */
export interface Written {
  /** Reads them all back into `target`, which is as long as what was written. */
  readInto(target: Uint8Array): void;
  remove(): void;
}

/** Writes bytes to a temporary file; undefined where there is no room for them. */
export function writeToTemporaryFile(bytes: Uint8Array): Written | undefined {
  let folder: string;
  let descriptor: number;
  try {
    folder = mkdtempSync(join(tmpdir(), 'heap-snapshot-'));
    descriptor = openSync(join(folder, 'aside'), 'wx+', 0o600);
    // Where an open file may be without a name, nothing is left behind by a process that is killed.
    if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true });
  } catch {
    return undefined;
  }
  const remove = () => {
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  } catch {
    remove();
    return undefined;
  }
  return {
    remove,
    readInto(target) {
      for (let done = 0; done < target.length; ) {
        const count = readSync(descriptor, target, done, target.length - done, done);
        if (count === 0) throw new Error(`A temporary file in ${tmpdir()} was cut off. Run it again.`);
        done += count;
      }
    },
  };
}
