import type { ClassName, ClassSums } from '../classes/class-table.ts';
import type { ClassDiff, ClassSize } from '../types.ts';
import type { ObjectsDiff, Survivors } from './objects-diff.ts';
import { trendOf } from './trend.ts';

export interface Comparison {
  readonly classes: readonly ClassName[];
  /** One for each snapshot. */
  readonly sums: readonly ClassSums[];
  /** Undefined where ids cannot be compared. */
  readonly objects: ObjectsDiff | undefined;
  readonly survivors: Survivors | undefined;
}

/** The rows of a diff, as yet without places, sorted by what matters: bytes retained more (own bytes where those are unknown), then count. */
export function classDiffs(comparison: Comparison): ClassDiff[] {
  return comparison.classes
    .map((_, number) => classDiff(comparison, number))
    .filter(({ sizes }) => sizes.some(({ count }) => count > 0))
    .sort(
      (a, b) =>
        (b.retained_bytes_delta ?? b.self_bytes_delta) - (a.retained_bytes_delta ?? a.self_bytes_delta) ||
        b.count_delta - a.count_delta ||
        (a.key < b.key ? -1 : 1),
    );
}

function classDiff(comparison: Comparison, number: number): ClassDiff {
  const { classes, sums, objects, survivors } = comparison;
  const name = classes[number] as ClassName;
  const sizes = sums.map((each) => classSize(each, number));
  const first = sizes[0] as ClassSize;
  const last = sizes.at(-1) as ClassSize;
  const count_delta = last.count - first.count;
  const self_bytes_delta = last.self_bytes - first.self_bytes;
  const withRetained = last.retained_bytes !== null;
  const at = (values: Float64Array | undefined) => values?.[number] ?? 0;
  return {
    key: name.key,
    name: name.name,
    location: undefined,
    sizes,
    added: objects
      ? { count: at(objects.addedCount), self_bytes: at(objects.added_bytes) }
      : { count: Math.max(0, count_delta), self_bytes: Math.max(0, self_bytes_delta) },
    deleted: objects
      ? { count: at(objects.deletedCount), self_bytes: at(objects.deleted_bytes) }
      : { count: Math.max(0, -count_delta), self_bytes: Math.max(0, -self_bytes_delta) },
    grown: {
      count: at(objects?.grownCount),
      self_bytes: at(objects?.grownSelf_bytes),
      retained_bytes: withRetained ? at(objects?.grownRetained_bytes) : null,
    },
    count_delta,
    self_bytes_delta,
    retained_bytes_delta: withRetained ? (last.retained_bytes ?? 0) - (first.retained_bytes ?? 0) : null,
    survivors: survivors && {
      count: at(survivors.counts),
      self_bytes: at(survivors.self_bytes),
      retained_bytes: withRetained ? at(survivors.retained_bytes) : null,
    },
    trend: trendOf(sizes.map(({ count }) => count)),
  };
}

/** One class's sums in one snapshot. */
export function classSize({ counts, self_bytes, retained_bytes }: ClassSums, number: number): ClassSize {
  return {
    count: counts[number] as number,
    self_bytes: self_bytes[number] as number,
    retained_bytes: retained_bytes ? (retained_bytes[number] as number) : null,
  };
}
