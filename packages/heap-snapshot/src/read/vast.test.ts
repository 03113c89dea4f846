import { expect, it } from 'vitest';
import { vastFile, vastParts } from '../testing/vast-file.ts';
import { heldByName, heldByNameFigures } from '../testing/vast-graph.ts';
import { beyond, openVast, vastFigures } from '../testing/vast-snapshot.ts';
import { analyse } from '../work/analyse.ts';
import { parseSnapshot } from './parse.ts';

// Nodes and edges that lie there, which takes ten times as long: vast.soak.ts.
it('strings beyond 2^32 bytes, the first of them longer than 4 GB, are read right', () => {
  expect(vastFigures({ inStrings: beyond })).toEqual(heldByNameFigures);
});

it('classes alone pass over edges of more than 4 GB', () => {
  expect(openVast({ inEdges: beyond }, false).classes.map(({ name, count }) => [name, count])).toEqual([
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
