import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, digest_bytes, digestIn } from '../dominators/digest.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { Prepared } from './prepare.ts';

/** An earlier snapshot's digest, out of memory while the next snapshot is worked on. */
export interface Laid {
  readonly prepared: Prepared;
  readonly bytes: number;
  /** Reads it back, into `buffer` from `offset`. */
  restore(buffer: ArrayBuffer, offset: number): Prepared;
  remove(): void;
}

/** Writes a digest to a temporary file and lets go of it; undefined where it has retained sizes no more or no room. */
export function layAside(prepared: Prepared): Laid | undefined {
  const { digest } = prepared;
  const { length, ids, retainedSizes } = digest;
  if (retainedSizes === undefined || digest.ordinals) return undefined;
  const wide = retainedSizes instanceof Float64Array;
  const bytes = digest_bytes(length, wide);
  let folder: string;
  let descriptor: number;
  try {
    folder = mkdtempSync(join(tmpdir(), 'heap-snapshot-'));
    descriptor = openSync(join(folder, 'digest'), 'wx+', 0o600);
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
    let written = 0;
    while (written < bytes)
      written += writeSync(descriptor, new Uint8Array(ids.buffer, written, bytes - written));
  } catch {
    remove();
    return undefined;
  }
  ids.buffer.transfer(0);
  return {
    prepared,
    bytes,
    remove,
    restore(buffer, offset) {
      let read = 0;
      while (read < bytes)
        read += readSync(
          descriptor,
          new Uint8Array(buffer, offset + read, bytes - read),
          0,
          bytes - read,
          read,
        );
      return { ...prepared, digest: digestIn(buffer, offset, length, wide) satisfies Digest };
    },
  };
}

/** Reads digests back into working memory that is free between the dominators and the paths. */
export function takeUp(laid: readonly Laid[], scratch: Scratch | undefined): Prepared[] {
  const aligned = laid.map(({ bytes }) => Math.ceil(bytes / 8) * 8);
  const total = aligned.reduce((sum, bytes) => sum + bytes, 0);
  const buffer = scratch?.room(total) ?? new ArrayBuffer(total);
  let offset = 0;
  const prepared = laid.map((each, index) => {
    const restored = each.restore(buffer, offset);
    offset += aligned[index] as number;
    return restored;
  });
  const left = (scratch?.room_bytes ?? 0) - total;
  if (left <= 0) return prepared;
  return prepared.map((each, index) =>
    index === 0 ? { ...each, lookupFrom: new Int32Array(buffer, total, left >>> 2) } : each,
  );
}
