import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { SnapshotError } from '../errors.ts';
import type { SnapshotSource } from '../types.ts';
import { untilAborted } from '../work/until-aborted.ts';
import { type Compression, compressionOf, decoder } from './compression.ts';
import { openDecodedFile } from './decoded-file.ts';

/** A source as a worker can be given it: a plain file, or bytes. */
export interface PlainSource {
  readonly name: string;
  readonly from: { readonly path: string } | { readonly bytes: Uint8Array };
  /** Removes what was spooled. To be called once the file has been opened for the last time. */
  release(): void;
}

/**
 * Turns a source into one that can be read at any offset. Strings and the names of edges are read when asked
 * for, so what cannot be read twice (a stream, compressed data) is first written, decoded, to a temporary file.
 *
 * Throws {@link SnapshotError} for what cannot be opened or decoded.
 */
export async function plainSource(source: SnapshotSource, signal?: AbortSignal): Promise<PlainSource> {
  signal?.throwIfAborted();
  if (source instanceof Uint8Array) {
    const compression = compressionOf(source);
    if (compression === undefined) return { name: '(bytes)', from: { bytes: source }, release() {} };
    return spool('(bytes)', Readable.from([source]), compression, signal);
  }
  if (source instanceof Readable) return spoolStream(source, signal);
  const path = source instanceof URL ? fileURLToPath(source) : source;
  // A pipe can be read once only, so it must not even be opened to be looked at.
  if (isPipe(path)) return spoolStream(createReadStream(path), signal, path);
  const start = new Uint8Array(4);
  const file = openDecodedFile(path);
  file.read(start, 0);
  file.close();
  const compression = compressionOf(start);
  if (compression === undefined) return { name: path, from: { path }, release() {} };
  return spool(path, createReadStream(path), compression, signal);
}

/** Whether a path is of a file that can be read as it stands. */
export function isPlainFile(path: string): boolean {
  try {
    if (isPipe(path)) return false;
    const file = openDecodedFile(path);
    const start = new Uint8Array(4);
    file.read(start, 0);
    file.close();
    return compressionOf(start) === undefined;
  } catch {
    return false;
  }
}

/** Anything that is there and neither a file nor a directory: a pipe, a terminal, a device. */
function isPipe(path: string): boolean {
  try {
    const status = statSync(path);
    return !status.isFile() && !status.isDirectory();
  } catch {
    // Opening it will tell what is wrong with it.
    return false;
  }
}

async function spoolStream(
  stream: Readable,
  signal: AbortSignal | undefined,
  name = '(stream)',
): Promise<PlainSource> {
  const iterator = (stream as AsyncIterable<Uint8Array | string>)[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  try {
    while (start.length < 4) {
      const { value, done } = await untilAborted(iterator.next(), signal);
      if (done) break;
      start = Buffer.concat([start, typeof value === 'string' ? Buffer.from(value) : value]);
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw unreadable(name, undefined, cause);
  }
  async function* whole(): AsyncGenerator<Uint8Array | string> {
    if (start.length > 0) yield start;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  return spool(name, Readable.from(whole()), compressionOf(start), signal);
}

async function spool(
  name: string,
  stream: Readable,
  compression: Compression | undefined,
  signal: AbortSignal | undefined,
): Promise<PlainSource> {
  const directory = mkdtempSync(join(tmpdir(), 'heap-snapshot-'));
  const release = () => rmSync(directory, { recursive: true, force: true });
  const path = join(directory, 'decoded.heapsnapshot');
  try {
    const decoding = compression === undefined ? new PassThrough() : decoder(compression, name);
    const written = pipeline(
      stream,
      decoding,
      createWriteStream(path, { mode: 0o600 }),
      signal ? { signal } : {},
    );
    // A read of a pipe that has nothing to say cannot be called back: nobody waits for it.
    await untilAborted(written, signal);
  } catch (cause) {
    release();
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof SnapshotError) throw cause;
    throw unreadable(name, compression, cause);
  }
  return { name, from: { path }, release };
}

function unreadable(name: string, compression: Compression | undefined, cause: unknown): SnapshotError {
  return new SnapshotError(
    `${name}: cannot be ${compression ? `decoded as ${compression}` : 'read'} (${(cause as Error).message}). ` +
      `Expected a whole snapshot, and room for it decoded in ${tmpdir()}: copy it again or free some room.`,
    { cause },
  );
}
