import { type Digest, digest_bytes, digestIn } from '../dominators/digest.ts';
import { release } from '../graph/release.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { EdgeColumns } from '../read/edge-columns.ts';
import type { Prepared } from './prepare.ts';
import { writeToTemporaryFile } from './temporary-file.ts';

/** An earlier snapshot's digest, out of memory while the next snapshot is worked on. */
export interface Laid {
  readonly prepared: Prepared;
  readonly bytes: number;
  /** Reads it back, into `buffer` from `offset`. */
  restore(buffer: ArrayBufferLike, offset: number): Prepared;
  remove(): void;
}

/** Writes a digest to a temporary file and lets go of it; undefined where it has no retained sizes or there is no room. */
export function layAside(prepared: Prepared): Laid | undefined {
  const { digest } = prepared;
  const { length, ids, selfSizes, retainedSizes } = digest;
  if (retainedSizes === undefined || digest.ordinals) return undefined;
  const wide = retainedSizes instanceof Float64Array;
  const bytes = digest_bytes(length, wide);
  const written = writeToTemporaryFile(new Uint8Array(selfSizes.buffer, selfSizes.byteOffset, bytes));
  if (!written) return undefined;
  release(ids);
  return {
    prepared,
    bytes,
    remove: written.remove,
    restore(buffer, offset) {
      written.readInto(new Uint8Array(buffer, offset, bytes));
      return { ...prepared, digest: digestIn(buffer, offset, length, wide) satisfies Digest };
    },
  };
}

/** Edges that are out of memory while they are not needed. */
export interface LaidEdges {
  /** Reads them back into the memory for edges, over what is left there. */
  restore(scratch: Scratch | undefined): void;
  remove(): void;
}

/** Writes the edges to a temporary file, or copies them where there is no room for it, and lets go of them. */
export function layEdgesAside(columns: EdgeColumns): LaidEdges {
  const { edges } = columns;
  const { length } = edges;
  const bytes = new Uint8Array(edges.buffer, edges.byteOffset, edges.byteLength);
  const written = writeToTemporaryFile(bytes);
  const copy = written ? undefined : bytes.slice();
  release(edges);
  columns.edges = new Int32Array(0);
  return {
    remove: () => written?.remove(),
    restore(scratch) {
      const edges = scratch?.perEdge(length) ?? new Int32Array(length);
      const target = new Uint8Array(edges.buffer, edges.byteOffset, edges.byteLength);
      if (copy) target.set(copy);
      else written?.readInto(target);
      columns.edges = edges;
    },
  };
}

/** Reads digests back into working memory that is free between the dominators and the paths. */
export function takeUp(laid: readonly Laid[], scratch: Scratch | undefined): Prepared[] {
  const aligned = laid.map(({ bytes }) => Math.ceil(bytes / 8) * 8);
  const total = aligned.reduce((sum, bytes) => sum + bytes, 0);
  const { buffer, offset: begin } = scratch?.room(total) ?? { buffer: new ArrayBuffer(total), offset: 0 };
  let offset = begin;
  const prepared = laid.map((each, index) => {
    const restored = each.restore(buffer, offset);
    offset += aligned[index] as number;
    return restored;
  });
  const left = (scratch?.room_bytes ?? 0) - total;
  if (left <= 0) return prepared;
  return prepared.map((each, index) =>
    index === 0 ? { ...each, lookupFrom: new Int32Array(buffer, begin + total, left >>> 2) } : each,
  );
}
