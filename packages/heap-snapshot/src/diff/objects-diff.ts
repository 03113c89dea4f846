import type { Digest } from '../dominators/digest.ts';
import type { IdLookup } from './id-lookup.ts';

/** For each class number, what became of its objects from one snapshot to another. */
export interface ObjectsDiff {
  readonly addedCount: Float64Array;
  readonly added_bytes: Float64Array;
  readonly deletedCount: Float64Array;
  readonly deleted_bytes: Float64Array;
  readonly grownCount: Float64Array;
  readonly grownSelf_bytes: Float64Array;
  readonly grownRetained_bytes: Float64Array;
  /** For each entry of the later snapshot, 1 where the earlier lacks it, under this class. */
  readonly isAdded: Uint8Array;
}

/** Of the earlier, the digest stands alone. */
interface Side {
  readonly digest: Digest;
  readonly classOfKind: Int32Array;
}

interface LastSide extends Side {
  /** For each entry, its class number. */
  readonly classOfEntry: Int32Array;
}

/** Compares objects by id. One that changed its class is deleted from one and added to the other, as in DevTools. */
export function diffObjects(
  before: Side,
  after: LastSide,
  lookup: IdLookup,
  classCount: number,
): ObjectsDiff {
  const sums = () => new Float64Array(classCount);
  const diff: ObjectsDiff = {
    addedCount: sums(),
    added_bytes: sums(),
    deletedCount: sums(),
    deleted_bytes: sums(),
    grownCount: sums(),
    grownSelf_bytes: sums(),
    grownRetained_bytes: sums(),
    isAdded: new Uint8Array(after.digest.length),
  };
  const isKept = new Uint8Array(before.digest.length);
  const { length, ordinals, ids, selfSizes, retainedSizes } = after.digest;
  const old = before.digest;
  for (let entry = 0; entry < length; entry++) {
    const place = ordinals ? (ordinals[entry] as number) : entry;
    const number = after.classOfEntry[entry] as number;
    const earlier = lookup.find(ids[place] as number);
    const same = earlier !== -1 && before.classOfKind[old.kinds[earlier] as number] === number;
    if (!same) {
      diff.isAdded[entry] = 1;
      add(diff.addedCount, number, 1);
      add(diff.added_bytes, number, selfSizes[place] as number);
      continue;
    }
    isKept[earlier] = 1;
    const self = (selfSizes[place] as number) - (old.selfSizes[earlier] as number);
    const retained =
      retainedSizes && old.retainedSizes
        ? (retainedSizes[entry] as number) - (old.retainedSizes[earlier] as number)
        : self;
    if (retained <= 0) continue;
    add(diff.grownCount, number, 1);
    add(diff.grownSelf_bytes, number, self);
    add(diff.grownRetained_bytes, number, retained);
  }
  for (let entry = 0; entry < isKept.length; entry++) {
    if (isKept[entry]) continue;
    const number = before.classOfKind[old.kinds[entry] as number] as number;
    add(diff.deletedCount, number, 1);
    add(diff.deleted_bytes, number, old.selfSizes[entry] as number);
  }
  return diff;
}

function add(sums: Float64Array, number: number, value: number): void {
  sums[number] = (sums[number] as number) + value;
}

/** For each class number, memlab's set: absent in the first, present in the second, alive in the last. */
export interface Survivors {
  readonly counts: Float64Array;
  readonly self_bytes: Float64Array;
  readonly retained_bytes: Float64Array;
  /** For each entry of the last snapshot, 1 where it is one of the set. */
  readonly isSurvivor: Uint8Array;
}

export function findSurvivors(
  last: LastSide,
  first: IdLookup,
  second: IdLookup,
  classCount: number,
): Survivors {
  const { length, ordinals, ids, selfSizes, retainedSizes, spans } = last.digest;
  const counts = new Float64Array(classCount);
  const self_bytes = new Float64Array(classCount);
  const retained_bytes = new Float64Array(classCount);
  const isSurvivor = new Uint8Array(length);
  const spanEnd = new Int32Array(classCount);
  for (let entry = 0; entry < length; entry++) {
    const place = ordinals ? (ordinals[entry] as number) : entry;
    const id = ids[place] as number;
    if (second.find(id) === -1 || first.find(id) !== -1) continue;
    isSurvivor[entry] = 1;
    const number = last.classOfEntry[entry] as number;
    add(counts, number, 1);
    add(self_bytes, number, selfSizes[place] as number);
    if (!retainedSizes || !spans || entry < (spanEnd[number] as number)) continue;
    add(retained_bytes, number, retainedSizes[entry] as number);
    spanEnd[number] = entry + (spans[entry] as number);
  }
  return { counts, self_bytes, retained_bytes, isSurvivor };
}
