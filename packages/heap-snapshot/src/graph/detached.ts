import { fact, type KindTrie } from './kind-trie.ts';
import { targetBits, typeBits, typeShift } from './packed-edge.ts';
import { edgeType, nodeType } from './types-of-nodes.ts';

const attached = 1;
const detached = 2;

interface Columns {
  readonly types: Uint8Array;
  readonly kinds: Int32Array;
  readonly firstEdges: Uint32Array;
  readonly detachedness: Uint8Array | undefined;
}

/**
 * What an embedder's object is attached to (a document, a wrapper) makes what it leads to attached too; the same
 * goes, after that, for the detached. Detached ones get a class of their own, as in DevTools: `Detached <div>`.
 * Neither spreads through objects of JavaScript.
 */
export function markDetached(columns: Columns, edges: Int32Array, trie: KindTrie): void {
  const { types, kinds, firstEdges, detachedness } = columns;
  if (detachedness === undefined) return;
  const visited = new Uint8Array(types.length);
  const waiting: { [state: number]: number[] } = { [attached]: [], [detached]: [] };
  const visit = (ordinal: number, state: number): void => {
    if (visited[ordinal]) return;
    visited[ordinal] = 1;
    if (types[ordinal] !== nodeType.native) return;
    if (state === detached) kinds[ordinal] = trie.child(kinds[ordinal] as number, fact.detached);
    waiting[state]?.push(ordinal);
  };
  for (let ordinal = 0; ordinal < types.length; ordinal++) {
    if (detachedness[ordinal]) visit(ordinal, detachedness[ordinal] as number);
  }
  for (const state of [attached, detached]) {
    const list = waiting[state] as number[];
    for (let ordinal = list.pop(); ordinal !== undefined; ordinal = list.pop()) {
      const end = firstEdges[ordinal + 1] as number;
      for (let edge = firstEdges[ordinal] as number; edge < end; edge++) {
        const packed = edges[edge] as number;
        const type = (packed >>> typeShift) & typeBits;
        if (type !== edgeType.hidden && type !== edgeType.weak) visit(packed & targetBits, state);
      }
    }
  }
}
