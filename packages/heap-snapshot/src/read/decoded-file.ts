import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { SnapshotError } from '../errors.ts';

/** The decoded text of a snapshot, readable at any offset, as often as needed. */
export interface DecodedFile {
  /** As messages name it. */
  readonly name: string;
  readonly size_bytes: number;
  /** Reads into `target` from `offset`; returns how many bytes there were. */
  read(target: Uint8Array, offset: number): number;
  /** Throws {@link SnapshotError} where the file is not what it was when opened. */
  checkUnchanged(): void;
  close(): void;
}

/** Opens a file of plain JSON. Throws {@link SnapshotError} for what is no readable, regular, non-empty file. */
export function openDecodedFile(path: string, name = path): DecodedFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new SnapshotError(
      `${name}: cannot be opened (${code}). Expected the path of a .heapsnapshot file: check the path and its permissions.`,
      { path, cause },
    );
  }
  try {
    return decodedFileOf(descriptor, path, name);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function decodedFileOf(descriptor: number, path: string, name: string): DecodedFile {
  const opened = fstatSync(descriptor, { bigint: true });
  if (opened.isDirectory()) {
    throw new SnapshotError(
      `${name}: is a directory. Expected one .heapsnapshot file: name the file in it.`,
      { path },
    );
  }
  const size_bytes = Number(opened.size);
  if (opened.isFile() && size_bytes === 0) {
    throw new SnapshotError(
      `${name}: byte 0: the file is empty. Expected a heap snapshot: was its process killed while writing? Take it again.`,
      { path, byte: 0 },
    );
  }
  let closed = false;
  return {
    name,
    size_bytes,
    read: (target, offset) => readFully(descriptor, target, offset),
    checkUnchanged() {
      const now = fstatSync(descriptor, { bigint: true });
      if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs) {
        throw new SnapshotError(
          `${name}: the file changed while it was read (${opened.size} bytes before, ${now.size} now). ` +
            'Expected a finished snapshot: wait until its process has written it all, then read it again.',
          { path, byte: Math.min(size_bytes, Number(now.size)) },
        );
      }
    },
    close() {
      if (!closed) closeSync(descriptor);
      closed = true;
    },
  };
}

function readFully(descriptor: number, target: Uint8Array, offset: number): number {
  let done = 0;
  while (done < target.length) {
    const count = readSync(descriptor, target, done, target.length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** Bytes that are in memory already. They must not be changed while in use. */
export function decodedBytes(bytes: Uint8Array, name = '(bytes)'): DecodedFile {
  if (bytes.length === 0) {
    throw new SnapshotError(`${name}: byte 0: there are no bytes. Expected a heap snapshot.`, { byte: 0 });
  }
  return {
    name,
    size_bytes: bytes.length,
    read(target, offset) {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      return part.length;
    },
    checkUnchanged() {},
    close() {},
  };
}
