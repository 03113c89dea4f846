import { fact, type KindTrie } from '../graph/kind-trie.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import { type Place, placeOf } from '../read/location-columns.ts';
import type { ParsedSnapshot } from '../read/parse.ts';

/** What is known of the nodes of one kind, in words: comparable between snapshots. */
export interface KindFacts {
  readonly className: string;
  /** Of an object's constructor. A function's own place does not make a class. */
  readonly place: Place | undefined;
  /** A plain object's property names in their order, where shapes were asked for. */
  readonly properties: readonly string[] | undefined;
  /** Nodes of this kind. */
  readonly count: number;
  /** The first node ordinal of this kind. */
  readonly first: number;
}

/** For each kind, how many nodes have it, which is the first of them, and that one's type. */
export interface KindCounts {
  readonly counts: Int32Array;
  readonly firsts: Int32Array;
  readonly types: Uint8Array;
}

export function countKinds({ trie, nodes }: ParsedSnapshot): KindCounts {
  const counts = new Int32Array(trie.length);
  const firsts = new Int32Array(trie.length);
  const { kinds } = nodes;
  for (let node = kinds.length - 1; node >= 0; node--) {
    const kind = kinds[node] as number;
    counts[kind] = (counts[kind] as number) + 1;
    firsts[kind] = node;
  }
  return { counts, firsts, types: Uint8Array.from(firsts, (first) => nodes.types[first] as number) };
}

/** For each kind that a node has, its facts. The nodes' columns are not looked at. */
export function readKindFacts(
  { trie, nodes, strings, found }: ParsedSnapshot,
  { counts, firsts, types }: KindCounts,
  withShapes: boolean,
): Map<number, KindFacts> {
  const plainNames = found.get('Object');
  const chains = new Map<number, Chain>();
  const needed = new Set<number>();
  for (let kind = 1; kind < trie.length; kind++) {
    if (counts[kind] === 0) continue;
    const chain = followChain(trie, kind);
    const isPlain = withShapes && plainNames?.has(chain.name) === true && types[kind] === nodeType.object;
    if (!isPlain) chain.properties.length = 0;
    chains.set(kind, { ...chain, isPlain });
    if (chain.name >= 0) needed.add(chain.name);
    for (const property of chain.properties) needed.add(property);
  }
  strings.prefetch(needed);
  const facts = new Map<number, KindFacts>();
  for (const [kind, chain] of chains) {
    const own = chain.name >= 0 ? strings.get(chain.name) : '';
    const name = chain.detached ? `Detached ${own}` : own;
    facts.set(kind, {
      className: chain.name >= 0 ? elementClass(name) : typeClass(nodes.typeNames, fact.typeOf(chain.name)),
      place:
        chain.location === 0 || types[kind] !== nodeType.object ? undefined : placeOf(trie, chain.location),
      properties: chain.isPlain ? chain.properties.map((each) => strings.get(each)) : undefined,
      count: counts[kind] as number,
      first: firsts[kind] as number,
    });
  }
  return facts;
}

interface Chain {
  name: number;
  properties: number[];
  detached: boolean;
  location: number;
  isPlain: boolean;
}

function followChain(trie: KindTrie, kind: number): Chain {
  const chain: Chain = { name: 0, properties: [], detached: false, location: 0, isPlain: false };
  for (let at = kind; ; at = trie.parent[at] as number) {
    const value = trie.fact[at] as number;
    if (trie.parent[at] === 0) {
      chain.name = value;
      chain.properties.reverse();
      return chain;
    }
    if (value === fact.detached) chain.detached = true;
    else if (fact.isLocation(value)) chain.location = fact.locationOf(value);
    else chain.properties.push(value);
  }
}

/** DevTools' name for what is of a type rather than of a class. */
function typeClass(typeNames: readonly string[], type: number): string {
  switch (type) {
    case nodeType.hidden:
      return '(system)';
    case nodeType.code:
      return '(compiled code)';
    case nodeType.closure:
      return 'Function';
    case nodeType.regexp:
      return 'RegExp';
    default:
      return `(${typeNames[type]})`;
  }
}

/** `<div id="a">` is of the class `<div>`, as in DevTools. */
function elementClass(name: string): string {
  if (name.startsWith('<')) return cutAt(name, name.indexOf(' '));
  if (name.startsWith('Detached <')) return cutAt(name, name.indexOf(' ', 'Detached <'.length));
  return name;
}

function cutAt(name: string, space: number): string {
  return space === -1 ? name : `${name.slice(0, space)}>`;
}
