import type { PlainNames } from '../classes/summed.ts';
import type { Digest } from '../dominators/digest.ts';
import type { IdLookup } from './id-lookup.ts';

/** An object keeps its class, so where more ids than this changed theirs they belong to different objects. */
const mostChanged = 0.01;
const looked = 50_000;

interface Side {
  readonly digest: Digest;
  readonly plainNames: PlainNames;
}

/**
 * Whether ids of two snapshots can be of the same objects. Ids count up from 1 in every process, so many are in
 * both of any two snapshots; but there they stand for objects of other classes. Shapes are left aside: those change.
 */
export function areOfOneProcess(before: Side, after: Side, lookup: IdLookup): boolean {
  const places = new Map(after.plainNames.names.map((name, place) => [name, place]));
  const placeOf = before.plainNames.names.map((name) => places.get(name));
  const beforeNames = before.plainNames.ofKind;
  const afterNames = after.plainNames.ofKind;
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
    const name = beforeNames[before.digest.kinds[earlier] as number] as number;
    if (placeOf[name] !== afterNames[kinds[place] as number]) changed++;
  }
  return common > 0 && changed <= mostChanged * common;
}
