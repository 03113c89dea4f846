import type { KindFacts } from '../classes/kind-facts.ts';
import type { Digest } from '../dominators/digest.ts';
import type { IdLookup } from './id-lookup.ts';

/** An object keeps its class, so where more ids than this changed theirs they belong to different objects. */
const mostChanged = 0.01;
const looked = 50_000;

interface Side {
  readonly digest: Digest;
  readonly facts: ReadonlyMap<number, KindFacts>;
}

/**
 * Whether ids of two snapshots can be of the same objects. Ids count up from 1 in every process, so many are in
 * both of any two snapshots; but there they stand for objects of other classes. Shapes are left aside: those change.
 */
export function areOfOneProcess(before: Side, after: Side, lookup: IdLookup): boolean {
  const names = new Map<string, number>();
  const numbersOf = (facts: ReadonlyMap<number, KindFacts>): Int32Array => {
    const numbers = new Int32Array(Math.max(0, ...facts.keys()) + 1);
    for (const [kind, { className }] of facts) {
      const name = className.replace(/^Detached /, '');
      if (!names.has(name)) names.set(name, names.size);
      numbers[kind] = names.get(name) as number;
    }
    return numbers;
  };
  const beforeNames = numbersOf(before.facts);
  const afterNames = numbersOf(after.facts);
  const { length, ordinals, ids, kinds } = after.digest;
  let common = 0;
  let changed = 0;
  // So many, from all over the heap, are enough to tell.
  const step = Math.max(1, Math.floor(length / looked));
  for (let entry = 0; entry < length; entry += step) {
    const place = ordinals ? (ordinals[entry] as number) : entry;
    const earlier = lookup.find(ids[place] as number);
    if (earlier === -1) continue;
    common++;
    if (beforeNames[before.digest.kinds[earlier] as number] !== afterNames[kinds[place] as number]) changed++;
  }
  return common > 0 && changed <= mostChanged * common;
}
