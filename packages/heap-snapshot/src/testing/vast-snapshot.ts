import { parseSnapshot } from '../read/parse.ts';
import type { ClassPaths } from '../types.ts';
import { analyse } from '../work/analyse.ts';
import { OpenedSnapshot } from '../work/opened-snapshot.ts';
import { type Padding, vastFile, vastParts } from './vast-file.ts';
import { heldByName } from './vast-graph.ts';

/** Just beyond what 32 bits can number. */
export const beyond = 2 ** 32 + 12_345;

/** Reads a file that is nowhere: its padding is made as it is read. */
export function openVast(padding: Padding, withEdges = true): OpenedSnapshot {
  const file = vastFile(vastParts(heldByName, padding));
  const snapshot = parseSnapshot(file, { withEdges, withShapes: withEdges });
  const analysed = analyse(snapshot, { withShapes: withEdges, keepGraph: true });
  const { nodeCount, edgeCount } = snapshot.layout;
  const info = {
    source: file.name,
    file_bytes: file.size_bytes,
    node_count: nodeCount,
    edge_count: edgeCount,
    self_bytes: 24,
  };
  return new OpenedSnapshot({ ...analysed, info, snapshot, scratch: analysed.scratch });
}

/** What is read of it, as `heldByNameFigures` has it. */
export function vastFigures(padding: Padding) {
  const snapshot = openVast(padding);
  const { clusters } = snapshot.answer({
    kind: 'paths',
    target: { class: 'Held' },
    clusters: 1,
  }) as ClassPaths;
  return {
    classes: snapshot.classes.map(({ name, count, retained_bytes }) => [name, count, retained_bytes]),
    path: clusters[0]?.steps.map(({ holder, edge }) => `${holder}${edge}`),
  };
}
