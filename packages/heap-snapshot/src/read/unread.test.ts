import { describe, expect, it } from 'vitest';
import { openSnapshot, SnapshotError } from '../index.ts';
import { type TinyNode, tinyBytes, tinySnapshot } from '../testing/tiny-snapshot.ts';

const nodes: TinyNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
  { type: 'object', name: 'Holder', size: 8, edges: [{ type: 'property', name: 'last', to: 2 }] },
  { type: 'object', name: 'Held', size: 16, edges: [{ type: 'internal', name: 'map', to: 3 }] },
  { type: 'string', name: 'some text', size: 32 },
];

async function countsOf(bytes: Uint8Array, classesOnly: boolean) {
  await using snapshot = await openSnapshot(bytes, { classesOnly });
  return Object.fromEntries(
    snapshot.classes().map(({ name, count, self_bytes }) => [name, [count, self_bytes]]),
  );
}

/** The text of the snapshot with a part of it another. */
function changed(from: string | RegExp, to: string): Uint8Array {
  const text = Buffer.from(tinyBytes(nodes)).toString('latin1');
  const bytes = Buffer.from(text.replace(from, to), 'latin1');
  expect(bytes.toString('latin1')).not.toBe(text);
  return bytes;
}

describe('classes alone', () => {
  const { edges } = tinySnapshot(nodes) as { edges: number[] };

  it.each([
    ['an edge beyond the nodes', edges.with(2, 999_996)],
    ['an edge between two nodes', edges.with(2, 7)],
    ['an unknown type of edge', edges.with(0, 99)],
    ['an edge with a name beyond the strings', edges.with(1, 9999)],
    ['edges with larger numbers', edges.map((value) => value + 1e9)],
  ])('are right whatever is wrong in the edges alone: %s', async (_, damaged) => {
    const bytes = Buffer.from(JSON.stringify({ ...tinySnapshot(nodes), edges: damaged }));
    expect(await countsOf(bytes, true)).toEqual(await countsOf(tinyBytes(nodes), true));
    await expect(countsOf(bytes, false)).rejects.toThrow(SnapshotError);
  });

  it('are refused where the file ends in the edges, or they have no end', async () => {
    const bytes = tinyBytes(nodes);
    const inEdges = Buffer.from(bytes).indexOf('"edges"') + 20;
    await expect(countsOf(bytes.subarray(0, inEdges), true)).rejects.toThrow(/ends where/);
    await expect(countsOf(changed(/],"trace_tree".*/s, ''), true)).rejects.toThrow(SnapshotError);
  });

  it('are refused where the nodes claim other edges than the file does', async () => {
    await expect(countsOf(changed('"edge_count":3', '"edge_count":4'), true)).rejects.toThrow(/edge_count/);
  });
});

describe('a string that is no JSON', () => {
  it.each([
    ['an escape that is none', '\\q'],
    ['a line break', '\n'],
    ['a byte that is no UTF-8', '\xff'],
  ])('is refused where an answer needs it: %s', async (_, damage) => {
    await expect(countsOf(changed('Held', `He${damage}`), false)).rejects.toThrow(
      expect.objectContaining({ name: 'SnapshotError', field: 'strings', byte: expect.any(Number) }),
    );
  });

  it('changes no answer that does not need it', async () => {
    const bytes = changed('some text', 'some\\qtext');
    expect(await countsOf(bytes, false)).toEqual(await countsOf(tinyBytes(nodes), false));
    await using snapshot = await openSnapshot(bytes);
    await expect(snapshot.objectsOf('(string)')).rejects.toThrow(/expected a string in JSON/);
  });
});
