import type { Signatures } from './signatures.ts';

/** Ways that are alike. */
export interface Cluster {
  readonly signature: number;
  /** The node ordinal of the object that holds most. */
  representative: number;
  /** What the representative holds. */
  most_bytes: number;
  count: number;
  self_bytes: number;
  /** Retained by its objects, those held by others of the class not counted twice. */
  weight_bytes: number;
}

/** An object to be clustered. */
export interface Target {
  readonly node: number;
  readonly self_bytes: number;
  readonly weight_bytes: number;
}

/** Puts objects together whose ways are alike, the heaviest cluster first. */
export function cluster(targets: Iterable<Target>, signatures: Signatures): Cluster[] {
  const clusters = new Map<number, Cluster>();
  for (const { node, self_bytes, weight_bytes } of targets) {
    const signature = signatures.of(node);
    let known = clusters.get(signature);
    if (known === undefined) {
      known = { signature, representative: node, most_bytes: -1, count: 0, self_bytes: 0, weight_bytes: 0 };
      clusters.set(signature, known);
    }
    known.count++;
    known.self_bytes += self_bytes;
    known.weight_bytes += weight_bytes;
    if (weight_bytes > known.most_bytes) {
      known.most_bytes = weight_bytes;
      known.representative = node;
    }
  }
  return [...clusters.values()].sort((a, b) => b.weight_bytes - a.weight_bytes || b.count - a.count);
}
