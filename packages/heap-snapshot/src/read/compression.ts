import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { SnapshotError } from '../errors.ts';

export type Compression = 'gzip' | 'zstd';

/** By the first four bytes: gzip is 1f 8b (RFC 1952), zstd 28 b5 2f fd (RFC 8878). */
export function compressionOf(start: Uint8Array): Compression | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd) return 'zstd';
  return undefined;
}

/** A stream that decodes. Throws {@link SnapshotError} where this Node has no zstd (before 22.15). */
export function decoder(compression: Compression, name: string): Transform {
  if (compression === 'gzip') return zlib.createGunzip();
  if (typeof zlib.createZstdDecompress !== 'function') {
    throw new SnapshotError(
      `${name}: is compressed with zstd, which Node reads from 22.15 on; this is ${process.version}. ` +
        'Unpack it first (zstd -d), or use a newer Node.',
      { byte: 0 },
    );
  }
  return zlib.createZstdDecompress();
}
