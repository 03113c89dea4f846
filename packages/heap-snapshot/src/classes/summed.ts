import type { Digest } from '../dominators/digest.ts';
import { type ClassName, type ClassSums, ClassTable, sumClasses } from './class-table.ts';
import type { KindFacts } from './kind-facts.ts';
import type { Shape } from './shapes.ts';

/** Names as V8 has them: shapes are left aside, and whether detached. */
export interface PlainNames {
  readonly names: readonly string[];
  /** For each kind, its name's place among them. */
  readonly ofKind: Int32Array;
}

/** All that is to be known of an earlier snapshot's classes, with numbers of its own. */
export interface Summed {
  readonly classes: readonly ClassName[];
  /** For each kind, the number of its class. */
  readonly classOfKind: Int32Array;
  readonly sums: ClassSums;
  readonly plainNames: PlainNames;
}

/** The last snapshot's classes, which number those of all. */
export interface Numbered {
  readonly table: ClassTable;
  readonly classOfKind: Int32Array;
  readonly plainNames: PlainNames;
}

export function numberedBy(shapes: readonly Shape[], facts: ReadonlyMap<number, KindFacts>): Numbered {
  const table = new ClassTable(shapes);
  return { table, classOfKind: table.numbersOf(facts), plainNames: plainNamesOf(facts) };
}

/** Numbers and adds up an earlier snapshot's classes, by the shapes of the last one. */
export function summedBy(
  shapes: readonly Shape[],
  { digest, facts }: { readonly digest: Digest; readonly facts: ReadonlyMap<number, KindFacts> },
): Summed {
  const { table, classOfKind, plainNames } = numberedBy(shapes, facts);
  const sums = sumClasses(digest, classOfKind, table.classes.length);
  return { classes: table.classes, classOfKind, sums, plainNames };
}

export function plainNamesOf(facts: ReadonlyMap<number, KindFacts>): PlainNames {
  const places = new Map<string, number>();
  const ofKind = new Int32Array(Math.max(0, ...facts.keys()) + 1);
  for (const [kind, { className }] of facts) {
    const name = className.startsWith('Detached ') ? className.slice('Detached '.length) : className;
    const place = places.get(name) ?? places.size;
    if (place === places.size) places.set(name, place);
    ofKind[kind] = place;
  }
  return { names: [...places.keys()], ofKind };
}

/** The same with the numbers of `table`, which has all classes there are. */
export function renumbered({ classes, classOfKind, plainNames, ...rest }: Summed, table: ClassTable): Summed {
  const numbers = table.adopt(classes);
  const spread = (values: Float64Array): Float64Array => {
    const all = new Float64Array(table.classes.length);
    values.forEach((value, number) => {
      all[numbers[number] as number] = value;
    });
    return all;
  };
  const { counts, self_bytes, retained_bytes } = rest.sums;
  return {
    classes: table.classes,
    classOfKind: classOfKind.map((number) => (number === -1 ? -1 : (numbers[number] as number))),
    sums: {
      counts: spread(counts),
      self_bytes: spread(self_bytes),
      retained_bytes: retained_bytes && spread(retained_bytes),
    },
    plainNames,
  };
}
