import type { ClassTable } from '../classes/class-table.ts';
import type { Graph } from '../graph/graph.ts';
import { Scratch } from '../graph/scratch.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import { findShortestWays, type ShortestWays } from '../paths/breadth-first.ts';
import type { PathSource } from '../paths/class-paths.ts';
import { Describer } from '../paths/describe.ts';
import { PendingEntries } from '../paths/pending-entries.ts';
import type { Place } from '../read/location-columns.ts';
import { ruleText } from '../read/parse.ts';
import type { SourceLocation } from '../types.ts';
import type { PreparedGraph } from './prepare.ts';

/** Makes a snapshot whose graph was kept ready for paths. The ways are looked for when first asked for. */
export function pathSourceOf(
  { snapshot, digest, scratch = new Scratch(0, 0) }: PreparedGraph,
  table: ClassTable,
  classOfKind: Int32Array,
): PathSource {
  const { layout, nodes, edges, ephemerons, found } = snapshot;
  const graph: Graph = {
    nodeCount: layout.nodeCount,
    rootOrdinal: layout.rootOrdinal,
    types: nodes.types,
    firstEdges: nodes.firstEdges,
    edges: edges?.edges ?? new Int32Array(0),
  };
  const isUserRoot = (ordinal: number): boolean =>
    nodes.types[ordinal] !== nodeType.synthetic ||
    found.get(ruleText.documentDomTrees)?.has(nodes.syntheticNames.get(ordinal) ?? -1) === true;
  let ways: ShortestWays | undefined;
  return {
    snapshot,
    graph,
    digest,
    scratch,
    classes: table.classes,
    classOfKind,
    describer: new Describer(snapshot, graph),
    get ways() {
      ways ??= findShortestWays(
        graph,
        scratch,
        isUserRoot,
        ephemerons && new PendingEntries(ephemerons, layout.nodeCount),
      );
      return ways;
    },
  };
}

/** A place without its script's name. */
export function placeAlone({ scriptId, line, column }: Place): SourceLocation {
  return { script_id: scriptId, script: undefined, line: line + 1, column: column + 1 };
}
