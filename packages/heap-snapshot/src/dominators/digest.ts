import type { Sizes } from '../graph/graph.ts';

/**
 * What a comparison needs of a snapshot: its objects with a size, in the order of a walk down the dominators' tree.
 * About 20 bytes an object; the graph can be let go.
 */
export interface Digest {
  /** For each entry, V8's id. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** For each entry, its kind. */
  readonly kinds: Int32Array<ArrayBuffer>;
  /** For each entry, its own size in bytes. */
  readonly selfSizes: Sizes;
  /** For each entry, what would be freed with it, in bytes. Undefined where only classes were asked for. */
  readonly retainedSizes: Sizes | undefined;
  /** For each entry, how many entries, itself first, it dominates: they follow it. */
  readonly spans: Int32Array<ArrayBuffer> | undefined;
  /** For each entry, its node ordinal, where the graph is kept. */
  readonly ordinals: Int32Array<ArrayBuffer> | undefined;
}

/** The arrays of a digest, to be passed to another thread without a copy. */
export function buffersOf(digest: Digest): ArrayBuffer[] {
  const arrays = [
    digest.ids,
    digest.kinds,
    digest.selfSizes,
    digest.retainedSizes,
    digest.spans,
    digest.ordinals,
  ];
  return arrays.flatMap((array) => (array ? [array.buffer] : []));
}
