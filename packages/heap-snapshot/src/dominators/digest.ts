import type { Sizes } from '../graph/graph.ts';

/**
 * What a comparison needs of a snapshot: its objects with a size, in the order of a walk down the dominators' tree.
 * Without graph it stands alone, about 20 bytes an object. With it, ids, kinds and own sizes stay in the graph's
 * columns, and `ordinals` says where.
 */
export interface Digest {
  /** Entries. */
  readonly length: number;
  /** For each entry, its node ordinal, where the graph is kept: its place in the next three. Else they are by entry. */
  readonly ordinals: Int32Array | undefined;
  /** V8's ids. */
  readonly ids: Uint32Array;
  readonly kinds: Int32Array;
  /** Own sizes in bytes. */
  readonly selfSizes: Sizes;
  /** For each entry, what would be freed with it, in bytes. Undefined where only classes were asked for. */
  readonly retainedSizes: Sizes | undefined;
  /** For each entry, how many entries, itself first, it dominates: they follow it. */
  readonly spans: Int32Array | undefined;
  /** Where only classes were asked for, sums of each kind: a class needs nothing else. */
  readonly kindSums?: KindSums | undefined;
}

/** For each kind, its entries and their own bytes. */
export interface KindSums {
  readonly counts: Float64Array;
  readonly self_bytes: Float64Array;
}

/** Bytes of a digest that stands alone; `wide` where sizes take 64 bits. */
export function digest_bytes(length: number, wide: boolean): number {
  return length * (wide ? 28 : 20);
}

/** The digest that is, or is to be, in `buffer` from `offset`, a multiple of 8. */
export function digestIn(buffer: ArrayBufferLike, offset: number, length: number, wide: boolean) {
  let used = offset;
  const place = (bytes: number): number => {
    const at = used;
    used += bytes * length;
    return at;
  };
  const sizes = (): Sizes =>
    wide ? new Float64Array(buffer, place(8), length) : new Uint32Array(buffer, place(4), length);
  return {
    length,
    ordinals: undefined,
    selfSizes: sizes(),
    retainedSizes: sizes(),
    ids: new Uint32Array(buffer, place(4), length),
    kinds: new Int32Array(buffer, place(4), length),
    spans: new Int32Array(buffer, place(4), length),
  };
}

/** A copy, for when the memory of one that stands alone is to be used for something else. */
export function copyOf(digest: Digest): Digest {
  const { length, ids, kinds, selfSizes, retainedSizes, spans } = digest;
  if (!retainedSizes || !spans) return digest;
  const wide = selfSizes instanceof Float64Array;
  const copy = digestIn(new ArrayBuffer(digest_bytes(length, wide)), 0, length, wide);
  copy.ids.set(ids);
  copy.kinds.set(kinds);
  copy.selfSizes.set(selfSizes);
  copy.retainedSizes.set(retainedSizes);
  copy.spans.set(spans);
  return copy;
}

/** The memory of a digest that stands alone, to be passed to another thread without a copy; none where it is shared. */
export function buffersOf({ ids, kinds, selfSizes }: Digest): ArrayBuffer[] {
  return [...new Set([ids.buffer, kinds.buffer, selfSizes.buffer])].filter(
    (buffer) => buffer instanceof ArrayBuffer,
  );
}
