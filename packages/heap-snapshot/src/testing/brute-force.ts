import type { TinyEdge, TinyNode } from './tiny-snapshot.ts';

/** What the rules say, found in the most direct way: for each node ordinal, its own and its retained size. */
export interface BruteForce {
  readonly self: readonly number[];
  readonly retained: readonly number[];
}

/** Takes each node away and walks the graph again. */
export function bruteForce(nodes: readonly TinyNode[]): BruteForce {
  const self = ownSizes(nodes);
  const owned = pageOwned(nodes);
  const essential = nodes.map((node, from) =>
    (node.edges ?? []).filter((edge) => isEssential(nodes, owned, from, edge)).map(({ to }) => to),
  );
  const main = reach(essential, [0], -1);
  const led = new Set(nodes.flatMap((_, from) => (main.has(from) ? [] : (essential[from] as number[]))));
  const roots = [0, ...nodes.keys().filter((node) => !main.has(node) && !led.has(node))];
  const all = reach(essential, roots, -1);
  const retained = nodes.map((_, node) => {
    if (node === 0) return sum(self, nodes.keys());
    if (!all.has(node)) return self[node] as number;
    const left = reach(essential, roots, node);
    return sum(
      self,
      all.keys().filter((each) => !left.has(each)),
    );
  });
  return { self, retained };
}

function sum(sizes: readonly number[], nodes: Iterable<number>): number {
  let total = 0;
  for (const node of nodes) total += sizes[node] as number;
  return total;
}

function reach(next: readonly (readonly number[])[], roots: readonly number[], without: number): Set<number> {
  const seen = new Set(roots.filter((root) => root !== without));
  for (const node of seen) for (const to of next[node] ?? []) if (to !== without) seen.add(to);
  return seen;
}

function isDomTrees(node: TinyNode | undefined): boolean {
  return node?.type === 'synthetic' && node.name === '(Document DOM trees)';
}

function pageOwned(nodes: readonly TinyNode[]): Set<number> {
  const roots = (nodes[0]?.edges ?? []).filter(({ type, to }) =>
    type === 'element' ? isDomTrees(nodes[to]) : type === 'shortcut',
  );
  const strong = nodes.map(({ edges = [] }) =>
    edges.filter(({ type }) => type !== 'weak').map(({ to }) => to),
  );
  return reach(
    strong,
    roots.map(({ to }) => to),
    -1,
  );
}

function isEssential(nodes: readonly TinyNode[], owned: Set<number>, from: number, edge: TinyEdge): boolean {
  if (edge.type === 'weak' || edge.to === from) return false;
  const table = /pair in WeakMap \(table @(\d+)\)$/.exec(String(edge.name))?.[1];
  if (edge.type === 'internal' && table !== undefined && Number(table) === nodes[from]?.id) return false;
  if (from === 0) return true;
  return edge.type !== 'shortcut' && (!owned.has(edge.to) || owned.has(from));
}

function isStorage({ type, name }: TinyNode): boolean {
  return (
    type === 'hidden' || type === 'array' || (type === 'native' && name === 'system / ExternalStringData')
  );
}

function ownSizes(nodes: readonly TinyNode[]): number[] {
  const sizes = nodes.map(({ size }) => size);
  const userRoot = (nodes[0]?.edges ?? []).some(
    ({ to }) => nodes[to]?.type !== 'synthetic' || isDomTrees(nodes[to]),
  );
  if (!userRoot) return sizes;
  const owners = nodes.map(() => new Set<number>());
  nodes.forEach((node, owner) => {
    if (isStorage(node)) return;
    const seen = new Set([owner]);
    for (const at of seen) {
      for (const { type, to } of nodes[at]?.edges ?? []) {
        const target = nodes[to];
        if (type === 'weak' || target === undefined || !isStorage(target) || seen.has(to)) continue;
        seen.add(to);
        owners[to]?.add(owner);
      }
    }
  });
  nodes.forEach((node, storage) => {
    const [owner] = owners[storage] ?? [];
    if (owners[storage]?.size !== 1 || owner === undefined || owner === 0) return;
    if (nodes[owner]?.type === 'synthetic') return;
    sizes[owner] = (sizes[owner] as number) + node.size;
    sizes[storage] = (sizes[storage] as number) - node.size;
  });
  return sizes;
}
