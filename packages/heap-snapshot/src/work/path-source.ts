import type { ClassTable } from '../classes/class-table.ts';
import type { Graph } from '../graph/graph.ts';
import { Scratch } from '../graph/scratch.ts';
import type { ShortestWays } from '../paths/breadth-first.ts';
import type { PathSource } from '../paths/class-paths.ts';
import { Describer } from '../paths/describe.ts';
import type { Place } from '../read/location-columns.ts';
import type { SourceLocation } from '../types.ts';
import type { PreparedGraph } from './prepare.ts';
import { findWays, waysJobOf } from './ways-job.ts';

/**
 * Makes a snapshot whose graph was kept ready for paths. The ways are looked for when first asked for, in the slots 0
 * to 2, unless `found` has them from elsewhere by then.
 */
export function pathSourceOf(
  { snapshot, digest, facts, scratch = new Scratch(0, 0) }: PreparedGraph,
  table: ClassTable,
  classOfKind: Int32Array,
  found: () => ShortestWays | undefined = () => undefined,
): PathSource {
  const { layout, nodes, edges } = snapshot;
  const graph: Graph = {
    nodeCount: layout.nodeCount,
    rootOrdinal: layout.rootOrdinal,
    types: nodes.types,
    firstEdges: nodes.firstEdges,
    // Those that have been laid aside are back only when they are needed.
    get edges() {
      return edges?.edges ?? noEdges;
    },
  };
  let ways: ShortestWays | undefined;
  return {
    snapshot,
    graph,
    digest,
    scratch,
    classes: table.classes,
    classOfKind,
    describer: new Describer(snapshot, graph, facts),
    get ways() {
      ways ??=
        found() ??
        findWays(waysJobOf(snapshot), () => ({
          edgeTo: scratch.slot(0),
          holder: scratch.slot(1),
          queue: scratch.slot(2),
        }));
      return ways;
    },
  };
}

const noEdges: Int32Array = new Int32Array(0);

/** A place without its script's name. */
export function placeAlone({ scriptId, line, column }: Place): SourceLocation {
  return { script_id: scriptId, script: undefined, line: line + 1, column: column + 1 };
}
