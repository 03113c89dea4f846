import type { Digest } from '../dominators/digest.ts';
import type { IdLookup } from './id-lookup.ts';

/**
 * For each node ordinal of the last snapshot, a bit: whether an earlier one has the object. Answers what its lookup
 * would, in a hundredth of the memory, so that the lookup can go.
 */
export function knownNodes({ length, ordinals, ids }: Digest, earlier: IdLookup): (node: number) => boolean {
  const known = new Int32Array((ids.length >>> 5) + 1);
  for (let entry = 0; entry < length; entry++) {
    const node = ordinals ? (ordinals[entry] as number) : entry;
    if (earlier.find(ids[node] as number) === -1) continue;
    known[node >>> 5] = (known[node >>> 5] as number) | (1 << (node & 31));
  }
  return (node) => (((known[node >>> 5] as number) >>> (node & 31)) & 1) === 1;
}
