import type { TinyEdge, TinyNode } from './tiny-snapshot.ts';

/** Numbers in [0, 1) that a seed determines. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const nodeTypes = [
  'object',
  'object',
  'object',
  'closure',
  'hidden',
  'array',
  'array',
  'string',
  'native',
  'code',
];
const edgeTypes = ['property', 'property', 'element', 'internal', 'context', 'hidden', 'weak', 'shortcut'];
const names = ['Object', 'Foo', 'Bar', 'system / ExternalStringData', 'Object'];

/** A snapshot of at most 60 nodes: weak edges, WeakMap entries, storage, shortcuts, loops, nodes nothing leads to. */
export function randomNodes(random: () => number): TinyNode[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const count = 3 + below(58);
  const edges: TinyEdge[][] = Array.from({ length: count }, () => []);
  const link = (from: number, type: string, to: number, name?: string) => {
    const indexed = type === 'element' || type === 'hidden';
    edges[from]?.push({
      type,
      name: name ?? (indexed ? below(20) : pick(['a', 'b', 'c', '1', '__proto__'])),
      to,
    });
  };
  const somewhere = () => 1 + below(count - 1);
  link(0, 'element', 1);
  if (random() < 0.9) link(0, 'shortcut', 2);
  for (let extra = below(3); extra > 0; extra--) link(0, pick(['element', 'shortcut', 'weak']), somewhere());
  for (let more = below(3 * count); more > 0; more--) link(somewhere(), pick(edgeTypes), somewhere());
  // Most hang together.
  for (let node = 2; node < count; node++)
    if (random() < 0.7) link(1 + below(node - 1), pick(edgeTypes), node);
  for (let entries = below(6); entries > 0; entries--) {
    const [key, value, table] = [somewhere(), somewhere(), somewhere()];
    const entry = `part of key (K @${idOf(key)}) -> value (V @${idOf(value)}) pair in WeakMap (table @${idOf(table)})`;
    link(key, 'internal', value, `${1 + below(9)} / ${entry}`);
    link(table, 'internal', value, `${1 + below(9)} / ${entry}`);
  }
  return edges.map((list, node) => ({
    type: node === 0 || (node === 1 && random() < 0.8) ? 'synthetic' : pick(nodeTypes),
    name: node === 0 ? '' : node === 1 && random() < 0.3 ? '(Document DOM trees)' : pick(names),
    id: idOf(node),
    size: node === 0 || random() < 0.1 ? 0 : 8 * (1 + below(20)),
    edges: list,
  }));
}

function idOf(node: number): number {
  return 2 * node + 1;
}
