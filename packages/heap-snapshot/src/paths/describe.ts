import type { KindFacts } from '../classes/kind-facts.ts';
import type { Graph } from '../graph/graph.ts';
import { fact } from '../graph/kind-trie.ts';
import { targetBits, typeBits, typeShift } from '../graph/packed-edge.ts';
import { edgeType, nodeType } from '../graph/types-of-nodes.ts';
import { type Place, placeOf } from '../read/location-columns.ts';
import type { ParsedSnapshot } from '../read/parse.ts';
import { readAgain } from '../read/read-again.ts';
import type { SourceLocation } from '../types.ts';

const mostName = 120;

/** What the file says of single nodes: names, places, scripts. Read when asked for, in few passes. */
export class Describer {
  readonly #snapshot: ParsedSnapshot;
  readonly #graph: Graph;
  readonly #facts: ReadonlyMap<number, KindFacts>;
  readonly #names: Map<number, number> = new Map<number, number>();
  /** For each script id, a function of that script. */
  readonly #functionOf: Map<number, number> = new Map<number, number>();
  readonly #scripts: Map<number, string | undefined> = new Map<number, string | undefined>();

  constructor(snapshot: ParsedSnapshot, graph: Graph, facts: ReadonlyMap<number, KindFacts>) {
    this.#snapshot = snapshot;
    this.#graph = graph;
    this.#facts = facts;
  }

  /** Reads what will be asked of these nodes. */
  prefetch(nodes: Iterable<number>): void {
    const wanted = [...new Set(nodes)].filter((node) => !this.#names.has(node)).sort((a, b) => a - b);
    const { layout, file, scanner, index, strings } = this.#snapshot;
    readAgain(file, scanner, index.nodes, wanted, layout.nodeFieldCount, layout.nodeNameAt, (at, name) =>
      this.#names.set(wanted[at] as number, name),
    );
    strings.prefetch(wanted.map((node) => this.#names.get(node) as number));
  }

  /** For each script of which the snapshot has a function, one of them. */
  #functions(): ReadonlyMap<number, number> {
    if (this.#functionOf.size > 0) return this.#functionOf;
    // All nodes of a kind are functions, of one place, or none is.
    const { types } = this.#snapshot.nodes;
    const firsts = Array.from(this.#facts.values(), ({ first }) => first).sort((a, b) => a - b);
    for (const node of firsts) {
      if (types[node] !== nodeType.closure) continue;
      const place = this.#placeOf(node);
      if (place && !this.#functionOf.has(place.scriptId)) this.#functionOf.set(place.scriptId, node);
    }
    return this.#functionOf;
  }

  #placeOf(node: number): Place | undefined {
    const { trie, nodes } = this.#snapshot;
    const value = trie.fact[nodes.kinds[node] as number] as number;
    return fact.isLocation(value) ? placeOf(trie, fact.locationOf(value)) : undefined;
  }

  /** Its name in the file: a class, a function, a string's text; cut where it is long. */
  name(node: number): string {
    if (!this.#names.has(node)) this.prefetch([node]);
    const name = this.#snapshot.strings.get(this.#names.get(node) as number);
    return name.length > mostName ? `${name.slice(0, mostName)}…` : name;
  }

  location(node: number): SourceLocation | undefined {
    const place = this.#placeOf(node);
    return place && this.locate(place);
  }

  /** A place as people write it, with its script where a function of it is there to tell. */
  locate(place: Place): SourceLocation {
    if (!this.#scripts.has(place.scriptId))
      this.#scripts.set(place.scriptId, this.#scriptName(place.scriptId));
    return {
      script_id: place.scriptId,
      script: this.#scripts.get(place.scriptId),
      line: place.line + 1,
      column: place.column + 1,
    };
  }

  /** A function leads to what it shares with its likes, that to its script, whose name is the file's. */
  #scriptName(scriptId: number): string | undefined {
    const holder = this.#functions().get(scriptId);
    const shared = holder === undefined ? undefined : this.#internal(holder, ['shared']);
    const script =
      shared === undefined ? undefined : this.#internal(shared, ['script', 'script_or_debug_info']);
    if (script === undefined || this.#graph.types[script] !== nodeType.code) return undefined;
    return this.name(script) || undefined;
  }

  /** Where an internal edge of one of these names leads. */
  #internal(node: number, names: readonly string[]): number | undefined {
    for (const [name, target] of this.internalEdges(node)) if (names.includes(name)) return target;
    return undefined;
  }

  /** The internal edges of a node, by name. */
  internalEdges(node: number): Map<string, number> {
    const { layout, file, scanner, index, strings } = this.#snapshot;
    const { firstEdges, edges } = this.#graph;
    const found: { edge: number; name: number }[] = [];
    const end = Math.min(firstEdges[node + 1] as number, (firstEdges[node] as number) + 64);
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      if ((((edges[edge] as number) >>> typeShift) & typeBits) === edgeType.internal)
        found.push({ edge, name: 0 });
    }
    const wanted = found.map(({ edge }) => edge);
    readAgain(file, scanner, index.edges, wanted, layout.edgeFieldCount, layout.edgeNameAt, (at, value) => {
      (found[at] as { name: number }).name = value;
    });
    return new Map(found.map(({ edge, name }) => [strings.get(name), (edges[edge] as number) & targetBits]));
  }
}
