import type { Graph } from '../graph/graph.ts';
import { targetBits, typeBits, typeShift } from '../graph/packed-edge.ts';
import { edgeType, nodeType } from '../graph/types-of-nodes.ts';
import type { PathSource } from './class-paths.ts';

export type CollectionKind = 'Map' | 'Set' | 'Array' | 'WeakMap' | 'WeakSet' | 'Object';

/** What a collection leads to, and how many of these references an entry has. */
export interface Entries {
  readonly targets: Int32Array;
  readonly perEntry: number;
}

/** Elements of an array, properties of an object, references of a map's or set's table; until the next call. In slot 3. */
export function entriesOf(source: PathSource, node: number, kind: CollectionKind): Entries {
  const { graph, describer } = source;
  const targetsOf = (from: number, type: number, orType = type) =>
    writeTargets(graph, from, type, orType, source.scratch.slot(3));
  if (kind === 'Array') return { targets: targetsOf(node, edgeType.element), perEntry: 1 };
  if (kind === 'Object') {
    return { targets: targetsOf(node, edgeType.property, edgeType.element), perEntry: 1 };
  }
  const table = describer.internalEdges(node).get('table');
  if (table === undefined) return { targets: new Int32Array(0), perEntry: 1 };
  if (kind === 'WeakSet') return { targets: targetsOf(table, edgeType.weak), perEntry: 1 };
  if (kind === 'WeakMap') {
    // The table leads to keys and values by weak edges, and to the values besides as an entry's.
    const values = new Set(targetsOf(table, edgeType.internal));
    return { targets: keep(targetsOf(table, edgeType.weak), (key) => !values.has(key)), perEntry: 1 };
  }
  // One edge is to the table's own shape. Numbers and the like, as keys or values, have none.
  const isEntry = (target: number) => graph.types[target] !== nodeType.objectShape;
  const targets = keep(targetsOf(table, edgeType.internal), isEntry);
  return { targets, perEntry: kind === 'Set' ? 1 : perEntryOf([...describer.internalEdges(table).keys()]) };
}

/** A map's table has three places for an entry: key, value, and the next with this hash. Told by a sample of them. */
function perEntryOf(places: readonly string[]): number {
  const indices = places.filter((name) => /^\d+$/.test(name)).map(Number);
  const first = Math.min(...indices);
  const entries = new Set(indices.map((index) => Math.floor((index - first) / 3)));
  return entries.size === 0 ? 2 : indices.length / entries.size;
}

/** Keeps those that pass, in the same memory. */
export function keep(targets: Int32Array, passes: (target: number) => boolean): Int32Array {
  let length = 0;
  for (const target of targets) if (passes(target)) targets[length++] = target;
  return targets.subarray(0, length);
}

/** Where the edges of these types lead, in `room` if it is enough: lists of JavaScript's own are large where collections are. */
function writeTargets(
  { firstEdges, edges }: Graph,
  node: number,
  type: number,
  orType: number,
  room: Int32Array,
): Int32Array {
  const first = firstEdges[node] as number;
  const end = firstEdges[node + 1] as number;
  const found = end - first <= room.length ? room : new Int32Array(end - first);
  let length = 0;
  for (let edge = first; edge < end; edge++) {
    const packed = edges[edge] as number;
    const each = (packed >>> typeShift) & typeBits;
    if (each === type || each === orType) found[length++] = packed & targetBits;
  }
  return found.subarray(0, length);
}
