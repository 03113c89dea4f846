import type { Scratch } from '../graph/scratch.ts';
import type { Predecessors } from './predecessors.ts';

/**
 * For each number, that of its immediate dominator; the root's is its own. Semi-NCA: semidominators as Lengauer and
 * Tarjan find them, then the nearest common ancestor instead of their buckets. L. Georgiadis, Linear-Time Algorithms
 * for Dominators and Related Problems, Princeton 2005, section 2.3. Iterative.
 *
 * `ancestor`, slot 2, holds each number's parent in the walk, and is used up. So are the predecessors and slot 1; the
 * result is in slot 0.
 */
export function immediateDominators(
  length: number,
  ancestor: Int32Array,
  predecessors: Predecessors,
  scratch: Scratch,
): Int32Array {
  const { first, list } = predecessors;
  const dominator = scratch.slot(0);
  dominator.set(ancestor.subarray(0, length));
  const label = scratch.slot(1);
  for (let v = 0; v < length; v++) label[v] = v;
  let stack = new Int32Array(1024);

  for (let w = length - 1; w > 0; w--) {
    let best = dominator[w] as number;
    const end = first[w + 1] as number;
    for (let at = first[w] as number; at < end; at++) {
      const v = list[at] as number;
      let candidate = v;
      if (v > w) {
        // v lies in the part already linked: the least semidominator on its way up to w. Shortens the way it went.
        let depth = 0;
        let u = v;
        while ((ancestor[u] as number) > w) {
          if (depth === stack.length) stack = grown(stack);
          stack[depth++] = u;
          u = ancestor[u] as number;
        }
        let least = label[u] as number;
        const top = ancestor[u] as number;
        while (depth > 0) {
          const x = stack[--depth] as number;
          if ((label[x] as number) > least) label[x] = least;
          else least = label[x] as number;
          ancestor[x] = top;
        }
        candidate = least;
      }
      if (candidate < best) best = candidate;
    }
    label[w] = best;
    // Its semidominator, where the list that has just been gone through ended.
    first[w + 1] = best;
  }

  for (let w = 1; w < length; w++) {
    const least = first[w + 1] as number;
    let d = dominator[w] as number;
    while (d > least) d = dominator[d] as number;
    dominator[w] = d;
  }
  return dominator;
}

function grown(stack: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * stack.length);
  larger.set(stack);
  return larger;
}
