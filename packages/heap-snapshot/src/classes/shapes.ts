import type { KindFacts } from './kind-facts.ts';

/** A shape many plain objects have: those with all of its properties are named after it. */
export interface Shape {
  readonly name: string;
  readonly properties: readonly string[];
}

/** Names end where they would become longer, but hold one property at least. */
const mostCharacters = 120;
const fewestObjects = 2;
/** A shape is that of one plain object in a thousand at least. */
const smallestShare = 1000;

/**
 * The shapes that plain objects of a snapshot have most, in the order of preference. DevTools' rules: names are
 * made of the properties in their order, cut at 120 characters, and what is rare has no name of its own.
 */
export function inferShapes(facts: Iterable<KindFacts>): Shape[] {
  const candidates = new Map<string, Shape & { count: number; first: number }>();
  let total = 0;
  for (const { properties, count, first } of facts) {
    if (properties === undefined) continue;
    total += count;
    const shape = shapeOf(properties);
    if (shape === undefined) continue;
    const known = candidates.get(shape.name);
    if (known === undefined) candidates.set(shape.name, { ...shape, count, first });
    else {
      known.count += count;
      // Of two that read alike, the properties are those of the one met first.
      if (first < known.first) candidates.set(shape.name, { ...known, properties: shape.properties, first });
    }
  }
  const least = Math.max(fewestObjects, total / smallestShare);
  return [...candidates.values()]
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count || a.first - b.first)
    .map(({ name, properties }) => ({ name, properties }));
}

function shapeOf(all: readonly string[]): Shape | undefined {
  let name = '{';
  const properties: string[] = [];
  for (const property of all) {
    if (property === '__proto__') continue;
    const written = writeProperty(property);
    if (name.length > 1 && name.length + written.length > mostCharacters) break;
    name += name.length > 1 ? `, ${written}` : written;
    properties.push(property);
  }
  return properties.length === 0 ? undefined : { name: `${name}}`, properties };
}

/** What could be taken for the punctuation of a shape is put in quotation marks. */
function writeProperty(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

/** Finds the shape of an object by its properties: the one with most of them, of equals the one more preferred. */
export class ShapeMatcher {
  /** By the property that comes first in the alphabet. */
  readonly #shapes: Map<string, { name: string; rest: string[]; size: number; rank: number }[]> = new Map();

  constructor(shapes: readonly Shape[]) {
    shapes.forEach(({ name, properties }, rank) => {
      const [first, ...rest] = properties.toSorted();
      if (first === undefined) return;
      const shape = { name, rest, size: properties.length, rank };
      const list = this.#shapes.get(first);
      if (list) list.push(shape);
      else this.#shapes.set(first, [shape]);
    });
  }

  match(properties: readonly string[]): string | undefined {
    const has = new Set(properties);
    let best: { name: string; size: number; rank: number } | undefined;
    for (const property of has) {
      for (const shape of this.#shapes.get(property) ?? []) {
        const better =
          best === undefined ||
          shape.size > best.size ||
          (shape.size === best.size && shape.rank < best.rank);
        if (better && shape.rest.every((each) => has.has(each))) best = shape;
      }
    }
    return best?.name;
  }
}
