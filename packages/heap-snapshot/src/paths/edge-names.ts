import type { Graph } from '../graph/graph.ts';
import { targetBits, typeBits, typeShift } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';
import { edgeType } from '../graph/types-of-nodes.ts';
import type { ParsedSnapshot } from '../read/parse.ts';
import { readAgain } from '../read/read-again.ts';
import type { ShortestWays } from './breadth-first.ts';

/** More things than this held in the same manner are entries of a collection, not properties with a meaning. */
const mostNamed = 32;

/** Labels that are no string's index. */
export const label = { entry: -1, none: -2 } as const;

/** The edges on the shortest ways to some nodes. */
export interface NamedWays extends ShortestWays {
  /** For each node ordinal on such a way, the number that stands in the file for its edge's name or index. */
  readonly names: Int32Array;
  /** For each of them, what tells ways apart: a string's index, or one of {@link label}. */
  readonly labels: Int32Array;
}

/** Reads the names of the edges on the ways to `targets` from the file, where they were left. In the slots 2 and 3; 5 is used up. */
export function nameWays(
  snapshot: ParsedSnapshot,
  graph: Graph,
  scratch: Scratch,
  ways: ShortestWays,
  targets: Iterable<Int32Array>,
): NamedWays {
  const { edgeTo, holder } = ways;
  const { edges } = graph;
  const names = scratch.slot(2).fill(label.none);
  const labels = scratch.slot(3).fill(label.none);
  const isWanted = new Uint32Array((edges.length >>> 5) + 1);
  /** For each holder, how many wanted edges leave it, of whatever type. */
  const children = scratch.slot(5).fill(0);
  let wantedCount = 0;
  for (const list of targets) {
    for (const target of list) {
      for (let node = target; ; node = holder[node] as number) {
        const edge = edgeTo[node] as number;
        if (edge < 0) break;
        const word = edge >>> 5;
        const bit = 1 << (edge & 31);
        if ((isWanted[word] as number) & bit) break;
        isWanted[word] = (isWanted[word] as number) | bit;
        wantedCount++;
        const held = holder[node] as number;
        children[held] = (children[held] as number) + 1;
      }
    }
  }
  const wanted = new Int32Array(wantedCount);
  let filled = 0;
  for (let word = 0; word < isWanted.length; word++) {
    for (let bits = isWanted[word] as number; bits !== 0; bits &= bits - 1) {
      wanted[filled++] = word * 32 + 31 - Math.clz32(bits & -bits);
    }
  }
  const { edgeFieldCount, edgeNameAt } = snapshot.layout;
  const isIndex = new Map<number, boolean>();
  const indexLike = (name: number): boolean => {
    const known = isIndex.get(name) ?? /^\d+( \/ |$)/.test(snapshot.strings.get(name));
    isIndex.set(name, known);
    return known;
  };
  readAgain(
    snapshot.file,
    snapshot.scanner,
    snapshot.index.edges,
    wanted,
    edgeFieldCount,
    edgeNameAt,
    (at, name) => {
      const edge = wanted[at] as number;
      const packed = edges[edge] as number;
      const type = typeOf(packed);
      const node = packed & targetBits;
      names[node] = name;
      const numbered = type === edgeType.element || type === edgeType.hidden;
      const many = (children[holder[node] as number] as number) > mostNamed && !isUnique(type);
      labels[node] = numbered || many ? label.entry : name;
    },
  );
  // Looking a name up may read the file: only now that the scanner's memory is free.
  for (const edge of wanted) {
    const node = (edges[edge] as number) & targetBits;
    const name = labels[node] as number;
    if (name >= 0 && typeOf(edges[edge] as number) === edgeType.internal && indexLike(name))
      labels[node] = label.entry;
  }
  return { ...ways, names, labels };
}

/** A scope's variables and an engine object's fields are named, however many there are; entries are not. */
function isUnique(type: number): boolean {
  return type === edgeType.context;
}

function typeOf(packed: number): number {
  return (packed >>> typeShift) & typeBits;
}

/** An edge as DevTools writes it. */
export function writeEdge(snapshot: ParsedSnapshot, type: number, nameOrIndex: number): string {
  if (type === edgeType.element || type === edgeType.hidden) return `[${nameOrIndex}]`;
  const name = snapshot.strings.get(nameOrIndex);
  switch (type) {
    case edgeType.context:
      return `->${name}`;
    case edgeType.property:
      return /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    default:
      return /^\d+$/.test(name) ? `[${name}]` : type === edgeType.shortcut ? `.${name}` : `{${name}}`;
  }
}
