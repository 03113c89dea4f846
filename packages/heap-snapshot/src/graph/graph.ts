/** The part of a snapshot that the algorithms work on. */
export interface Graph {
  readonly nodeCount: number;
  readonly rootOrdinal: number;
  /** For each node ordinal, its type. */
  readonly types: Uint8Array;
  /** For each node ordinal, the ordinal of its first edge; one more entry for the end. */
  readonly firstEdges: Uint32Array;
  /** For each edge ordinal, the packed edge. */
  readonly edges: Int32Array;
}

/** For each node ordinal, bytes: 32 bits wide where the whole heap fits, else 64. */
export type Sizes = Uint32Array | Float64Array;
