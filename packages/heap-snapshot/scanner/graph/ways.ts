// The walk in breadth, as in src/paths/breadth-first.ts. Edges, holders and the queue are three columns from `ways` on.
import { at, bits, edges, firstEdges, hasBit, heldBits, put, setBit, slot_bytes, targetOf } from './place';

/** Whether the walk may go along a WeakMap entry's edge: 1, or 0; -1 for what is no entry's. */
@external('env', 'opens')
declare function opens(edge: u32, target: u32): i32;

let ways: usize = 0;
let queued: u32 = 0;
let looked: u32 = 0;

/** Forgets what is queued. What was reached is in `bits`, to be cleared before. */
export function beginWays(base: usize): void {
  ways = base;
  queued = 0;
  looked = 0;
}

/** Comes by a node along an edge that leaves from `holder`. */
export function reach(node: u32, edge: u32, holder: u32): void {
  setBit(bits, node);
  put(ways, node, edge);
  put(ways + slot_bytes, node, holder);
}

/** Has a node wait its turn. */
export function enqueue(node: u32): void {
  put(ways + 2 * slot_bytes, queued++, node);
}

/** Goes on from `most` nodes. Returns 1 where more are waiting. */
export function waysOn(most: u32): bool {
  const queue = ways + 2 * slot_bytes;
  for (let left = most; left > 0 && looked < queued; left--) {
    const node = at(queue, looked++);
    const end = at(firstEdges, node + 1);
    if (hasBit(heldBits, node)) {
      for (let edge = at(firstEdges, node); edge < end; edge++) {
        const packed = at(edges, edge);
        const target = targetOf(packed);
        if (hasBit(bits, target)) continue;
        const open = ((packed >>> 28) & 7) === 3 ? opens(edge, target) : -1;
        if (open === -1 ? <i32>packed < 0 : open === 0) continue;
        reach(target, edge, node);
        enqueue(target);
      }
      continue;
    }
    for (let edge = at(firstEdges, node); edge < end; edge++) {
      const packed = at(edges, edge);
      const target = targetOf(packed);
      if (<i32>packed < 0 || hasBit(bits, target)) continue;
      reach(target, edge, node);
      enqueue(target);
    }
  }
  return looked < queued;
}
