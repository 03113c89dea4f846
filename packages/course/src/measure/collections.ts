import type { Sample } from '@leak-lab/leak-verdict';

/** Whether all garbage was collected between the sample before and the one at `index`, in the same process. */
function isAfterCollection(samples: readonly Sample[], index: number): boolean {
  const [before, sample] = [samples[index - 1], samples[index]];
  if (before === undefined || sample === undefined || before.process !== sample.process) return false;
  return (sample.full_gc_total ?? 0) > (before.full_gc_total ?? Number.POSITIVE_INFINITY);
}

/** The samples that are the first after a collection of all garbage. */
export const collectionsIn = (samples: readonly Sample[]): readonly Sample[] =>
  samples.filter((_, index) => isAfterCollection(samples, index));

/** More outside of the heap differs from one collection to the next for nothing. */
const outside_bytes = 2 ** 20;
/** It may be read while two collections come. */
const soon = 2;

/**
 * Of collections of one life those that tell what stays: not those of which one of the next gave back what was outside of the heap.
 * While somebody reads a heap snapshot the service holds 10 MB there, and of few collections one such halves a slope, or doubles it.
 */
export const lasting = (collections: readonly Sample[]): readonly Sample[] =>
  collections.filter((collection, index) => {
    const next = collections.slice(index + 1, index + 1 + soon).map(outsideAfterGc_bytes);
    return outsideAfterGc_bytes(collection) <= Math.min(...next) + outside_bytes;
  });

/**
 * Of collections of one life those that tell at its end what stays, the last one first: with it one or two before it that held less
 * outside of the heap. Whether it gave that back after the last one nobody knows yet.
 */
export function lastOnes(collections: readonly Sample[]): readonly Sample[] {
  const last = collections.at(-1);
  if (last === undefined) return [];
  const held_bytes = outsideAfterGc_bytes(last);
  const before = collections.slice(-1 - soon, -1).toReversed();
  return [last, ...before.filter((one) => outsideAfterGc_bytes(one) + outside_bytes < held_bytes)];
}

const outsideAfterGc_bytes = ({ external_after_gc_bytes: outside }: Sample): number => outside ?? 0;

/** What was held after the last collection until then, in the heap and outside of it, bytes; `null` where there was none. */
export const heldAfterGc_bytes = ({
  heap_after_gc_bytes: heap,
  external_after_gc_bytes: external,
}: Sample): number | null => (heap == null ? null : heap + (external ?? 0));
