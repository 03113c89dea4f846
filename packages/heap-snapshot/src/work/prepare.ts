import type { KindFacts } from '../classes/kind-facts.ts';
import type { Shape } from '../classes/shapes.ts';
import { type Summed, summedBy } from '../classes/summed.ts';
import type { IdTable } from '../diff/id-lookup.ts';
import type { Digest } from '../dominators/digest.ts';
import type { GraphMemory } from '../graph/graph-room.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { EdgeMemory } from '../read/node-columns.ts';
import { type ParsedSnapshot, parseSnapshot } from '../read/parse.ts';
import type { Scanner } from '../read/scanner.ts';
import type { Progress, SnapshotInfo } from '../types.ts';
import { type AnalyseOptions, analyse } from './analyse.ts';
import { openSource, type WorkSource } from './sources.ts';

export interface PrepareOptions {
  readonly classesOnly: boolean;
  readonly shapes: boolean;
  /** Whether paths will be asked of it. */
  readonly keepGraph: boolean;
}

/** What is done with the edges while the snapshot is worked on, and the memory to do it with. */
export interface EdgeHandling {
  readonly edgeMemory?: EdgeMemory | undefined;
  readonly graphMemory?: GraphMemory | undefined;
  /** Whether edges are needed while dominators are looked for: by others, or afterwards. */
  readonly keepsEdges?: boolean | undefined;
  /** How many times as large graphs may be that come into the same memory later. */
  readonly spare?: number | undefined;
  readonly scanner?: Scanner | undefined;
  readonly onFacts?: AnalyseOptions['onFacts'];
  readonly onBeforeSlots?: AnalyseOptions['onBeforeSlots'];
  readonly onDigest?: AnalyseOptions['onDigest'];
  /** Called when the edges are not needed again but for paths. */
  readonly onIdleEdges?: ((snapshot: ParsedSnapshot) => void) | undefined;
}

/** One snapshot, read and added up. */
export interface Prepared {
  readonly info: SnapshotInfo;
  readonly digest: Digest;
  readonly facts: ReadonlyMap<number, KindFacts>;
  /** The table of its ids' lookup, or memory for one. */
  readonly lookupFrom?: Int32Array | IdTable | undefined;
}

/** An earlier snapshot, ready to be compared with. */
export interface Earlier extends Omit<Prepared, 'facts'> {
  readonly summed: Summed;
}

export function earlierBy(shapes: readonly Shape[], { facts, ...prepared }: Prepared): Earlier {
  return { ...prepared, summed: summedBy(shapes, { facts, digest: prepared.digest }) };
}

/** A snapshot whose graph was kept. */
export interface PreparedGraph extends Prepared {
  readonly snapshot: ParsedSnapshot;
  /** Undefined where only classes were asked for. */
  readonly scratch: Scratch | undefined;
}

export type OnProgress = (stage: Progress['stage'], ratio: number) => void;

/** Reads one snapshot and adds it up. The file stays open where the graph is kept. */
export function prepare(
  source: WorkSource,
  options: PrepareOptions,
  onProgress: OnProgress = () => {},
  handling: EdgeHandling = {},
): PreparedGraph {
  const { onFacts, onBeforeSlots, onDigest, onIdleEdges } = handling;
  const file = openSource(source);
  try {
    const snapshot = parseSnapshot(file, {
      withEdges: !options.classesOnly,
      withShapes: options.shapes && !options.classesOnly,
      edgeMemory: handling.edgeMemory,
      graphMemory: handling.graphMemory,
      keepsEdges: handling.keepsEdges,
      spare: handling.spare,
      scanner: handling.scanner,
      onProgress: (ratio) => onProgress('reading', ratio),
    });
    const { layout, nodes } = snapshot;
    const info: SnapshotInfo = {
      source: source.name,
      file_bytes: file.size_bytes,
      node_count: layout.nodeCount,
      edge_count: layout.edgeCount,
      self_bytes: nodes.selfSizeSum,
    };
    const { digest, facts, scratch } = analyse(snapshot, {
      withShapes: options.shapes && !options.classesOnly,
      keepGraph: options.keepGraph,
      onStage: onProgress,
      onFacts,
      onBeforeSlots,
      onDigest,
      onIdleEdges: () => onIdleEdges?.(snapshot),
    });
    file.checkUnchanged();
    return { info, digest, facts, snapshot, scratch };
  } finally {
    if (!options.keepGraph) file.close();
  }
}
