import { fact, type KindTrie } from '../graph/kind-trie.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import type { LocationLayout } from './meta.ts';
import { type NodeColumns, RecordError } from './node-columns.ts';

/** The kind that all places are below; no type's and no place's own fact. */
const places = -999;

/**
 * Locations as they are read: where functions and objects' constructors are becomes part of their kind.
 *
 * Lines and columns may be negative: V8 adds what `vm.Script` was given as `lineOffset` and `columnOffset`, by which test
 * runners and bundlers hide the code they wrap a module in. Node 26's writes a minus, as 32 bits without sign older ones do.
 */
export class LocationColumns {
  readonly signed = true;
  readonly #layout: LocationLayout;
  readonly #nodes: NodeColumns;
  readonly #nodeFieldCount: number;
  readonly #trie: KindTrie;
  readonly #places: number;

  constructor(layout: LocationLayout, nodeFieldCount: number, nodes: NodeColumns, trie: KindTrie) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#nodeFieldCount = nodeFieldCount;
    this.#trie = trie;
    this.#places = trie.child(0, places);
  }

  take(numbers: Int32Array | Float64Array, count: number): number {
    const { fieldCount, objectIndexAt, scriptIdAt, lineAt, columnAt } = this.#layout;
    const { types, kinds, length } = this.#nodes;
    const trie = this.#trie;
    const records = Math.floor(count / fieldCount);
    let at = 0;
    for (let record = 0; record < records; record++, at += fieldCount) {
      const objectIndex = numbers[at + objectIndexAt] as number;
      const ordinal = objectIndex / this.#nodeFieldCount;
      if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= length) {
        const expected = `a multiple of ${this.#nodeFieldCount} below ${length * this.#nodeFieldCount}`;
        throw new RecordError('locations.object_index', expected, objectIndex, at + objectIndexAt);
      }
      const scriptId = numbers[at + scriptIdAt] as number;
      if (scriptId < 0)
        throw new RecordError('locations.script_id', 'a number from 0 on', scriptId, at + scriptIdAt);
      require32Bits('locations.line', numbers, at + lineAt);
      require32Bits('locations.column', numbers, at + columnAt);
      const type = types[ordinal];
      if (type !== nodeType.object && type !== nodeType.closure) continue;
      const script = trie.child(this.#places, scriptId | 0);
      const line = trie.child(script, (numbers[at + lineAt] as number) | 0);
      const place = trie.child(line, (numbers[at + columnAt] as number) | 0);
      kinds[ordinal] = trie.child(kinds[ordinal] as number, fact.ofLocation(place));
    }
    return at;
  }
}

function require32Bits(field: string, numbers: Int32Array | Float64Array, at: number): void {
  const number = numbers[at] as number;
  if (number >= -(2 ** 31) && number < 2 ** 32) return;
  throw new RecordError(field, 'a number of 32 bits', number, at);
}

/** A place as the file counts it: line and column from 0, below it in code that a module was wrapped in. */
export interface Place {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** The place that {@link fact.ofLocation} stands for. */
export function placeOf(trie: KindTrie, location: number): Place {
  const line = trie.parent[location] as number;
  return {
    column: trie.fact[location] as number,
    line: trie.fact[line] as number,
    scriptId: trie.fact[trie.parent[line] as number] as number,
  };
}
