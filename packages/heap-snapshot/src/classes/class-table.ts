import type { Digest } from '../dominators/digest.ts';
import type { Place } from '../read/location-columns.ts';
import type { KindFacts } from './kind-facts.ts';
import { type Shape, ShapeMatcher } from './shapes.ts';

/** A class: the same key in every snapshot of a process. */
export interface ClassName {
  readonly key: string;
  readonly name: string;
  readonly place: Place | undefined;
}

/** Classes met in any of several snapshots, numbered in the order they were met. */
export class ClassTable {
  readonly classes: ClassName[] = [];
  readonly #numbers: Map<string, number> = new Map<string, number>();
  readonly #shapes: ShapeMatcher;

  constructor(shapes: readonly Shape[]) {
    this.#shapes = new ShapeMatcher(shapes);
  }

  /** For each kind of one snapshot, the number of its class. */
  numbersOf(facts: ReadonlyMap<number, KindFacts>): Int32Array {
    const numbers = new Int32Array(Math.max(0, ...facts.keys()) + 1).fill(-1);
    for (const [kind, { className, place, properties }] of facts) {
      const name = (properties && this.#shapes.match(properties)) ?? className;
      numbers[kind] = this.#number(name, place);
    }
    return numbers;
  }

  /** Takes over the classes of another table; for each number there, the number here. */
  adopt(classes: readonly ClassName[]): Int32Array {
    return Int32Array.from(classes, (each) => this.#numberOf(each));
  }

  #number(name: string, place: Place | undefined): number {
    const at = place ? `${place.scriptId},${place.line},${place.column}` : '';
    return this.#numberOf({ key: `${at},${name}`, name, place });
  }

  #numberOf(each: ClassName): number {
    const known = this.#numbers.get(each.key);
    if (known !== undefined) return known;
    this.#numbers.set(each.key, this.classes.length);
    return this.classes.push(each) - 1;
  }
}

/** For each class number, sums over one snapshot's objects. */
export interface ClassSums {
  readonly counts: Float64Array;
  readonly self_bytes: Float64Array;
  /** Undefined where only classes were asked for. */
  readonly retained_bytes: Float64Array | undefined;
}

/**
 * Adds up, in one pass. An object held by another of its class adds nothing to what the class retains: it is
 * within the other's span. Fills `classOfEntry`, for who needs it again.
 */
export function sumClasses(
  digest: Digest,
  classOfKind: Int32Array,
  classCount: number,
  classOfEntry?: Int32Array,
): ClassSums {
  const { length, ordinals, kinds, selfSizes, retainedSizes, spans, kindSums } = digest;
  const counts = new Float64Array(classCount);
  const self_bytes = new Float64Array(classCount);
  if (kindSums) {
    kindSums.counts.forEach((count, kind) => {
      if (count === 0) return;
      const number = classOfKind[kind] as number;
      counts[number] = (counts[number] as number) + count;
      self_bytes[number] = (self_bytes[number] as number) + (kindSums.self_bytes[kind] as number);
    });
    if (classOfEntry) {
      for (let at = 0; at < length; at++) classOfEntry[at] = classOfKind[kinds[at] as number] as number;
    }
    return { counts, self_bytes, retained_bytes: undefined };
  }
  const retained_bytes = retainedSizes && new Float64Array(classCount);
  /** For each class, where the span ends of its object that was counted last. */
  const spanEnd = new Int32Array(classCount);
  for (let at = 0; at < length; at++) {
    const place = ordinals ? (ordinals[at] as number) : at;
    const number = classOfKind[kinds[place] as number] as number;
    if (classOfEntry) classOfEntry[at] = number;
    counts[number] = (counts[number] as number) + 1;
    self_bytes[number] = (self_bytes[number] as number) + (selfSizes[place] as number);
    if (retained_bytes && retainedSizes && spans && at >= (spanEnd[number] as number)) {
      retained_bytes[number] = (retained_bytes[number] as number) + (retainedSizes[at] as number);
      spanEnd[number] = at + (spans[at] as number);
    }
  }
  return { counts, self_bytes, retained_bytes };
}
