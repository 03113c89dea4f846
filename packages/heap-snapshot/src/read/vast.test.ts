import { expect, it } from 'vitest';
import { vastFile, vastParts } from '../testing/vast-file.ts';
import { heldByName, heldByNameFigures } from '../testing/vast-graph.ts';
import type { ClassPaths } from '../types.ts';
import { analyse } from '../work/analyse.ts';
import { OpenedSnapshot } from '../work/opened-snapshot.ts';
import { parseSnapshot } from './parse.ts';

const beyond = 2 ** 32 + 12_345;

/** Reads a file that is nowhere: its padding is made as it is read. */
function open(padding: Parameters<typeof vastParts>[1], withEdges = true): OpenedSnapshot {
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

function figuresOf(snapshot: OpenedSnapshot) {
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

it.each([
  ['nodes, edges and strings', { inNodes: beyond }],
  ['strings, and the first of them longer than 4 GB', { inStrings: beyond }],
])('%s beyond 2^32 bytes are read right', (_, padding) => {
  expect(figuresOf(open(padding))).toEqual(heldByNameFigures);
});

it('classes alone pass over edges of more than 4 GB', () => {
  expect(open({ inEdges: beyond }, false).classes.map(({ name, count }) => [name, count])).toEqual([
    ['Held', 1],
    ['Holder', 1],
  ]);
});

it('a name longer than a string can be is refused, with its place', () => {
  const file = vastFile(vastParts(heldByName, { inStrings: beyond, padded: 'Held' }));
  const snapshot = parseSnapshot(file, { withEdges: true, withShapes: true });
  expect(() => analyse(snapshot, { withShapes: true, keepGraph: false })).toThrow(
    expect.objectContaining({ name: 'SnapshotError', field: 'strings', byte: expect.any(Number) }),
  );
});
