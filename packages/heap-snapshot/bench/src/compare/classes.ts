/** A class in one snapshot, as either tool counts it. */
export interface ClassFigures {
  readonly count: number;
  readonly shallow_bytes: number;
  readonly retained_bytes: number;
}

/** A class on which the two disagree. */
export interface UnequalClass {
  readonly key: string;
  readonly devtools: ClassFigures | undefined;
  readonly ours: ClassFigures | undefined;
  /** Its place among DevTools' classes by retained size, from 1. */
  readonly rank: number;
}

export interface Comparison {
  readonly classes: number;
  readonly unequal: readonly UnequalClass[];
}

type Classes = Readonly<Record<string, ClassFigures>>;

/** Compares every class of one snapshot. A class that only one of them has is unequal. */
export function compareClasses(devtools: Classes, ours: Classes): Comparison {
  const ranked = Object.keys(devtools).sort(
    (a, b) => (devtools[b]?.retained_bytes ?? 0) - (devtools[a]?.retained_bytes ?? 0),
  );
  const keys = [...ranked, ...Object.keys(ours).filter((key) => !Object.hasOwn(devtools, key))];
  const unequal = keys
    .map((key, index) => ({ key, devtools: of(devtools, key), ours: of(ours, key), rank: index + 1 }))
    .filter((one) => !equal(one.devtools, one.ours));
  return { classes: keys.length, unequal };
}

function of(classes: Classes, key: string): ClassFigures | undefined {
  return Object.hasOwn(classes, key) ? classes[key] : undefined;
}

function equal(a: ClassFigures | undefined, b: ClassFigures | undefined): boolean {
  return (
    a?.count === b?.count && a?.shallow_bytes === b?.shallow_bytes && a?.retained_bytes === b?.retained_bytes
  );
}
