import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { diffSnapshots } from '../diff-snapshots.ts';
import { openSnapshot } from '../open-snapshot.ts';
import { type TinyNode, tinyBytes, tinySnapshot } from '../testing/tiny-snapshot.ts';
import { prepare } from '../work/prepare.ts';
import { mostNodes, readLayout } from './meta.ts';

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nodes: TinyNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
  { type: 'object', name: 'Foo', size: 8, edges: [{ type: 'property', name: 'a', to: 2 }] },
  { type: 'object', name: 'Bar', size: 16 },
];

/** Reads a snapshot with something about it changed. */
function readChanged(change: (snapshot: never) => void): void {
  const snapshot = tinySnapshot(nodes);
  change(snapshot as never);
  const bytes = Buffer.from(JSON.stringify(snapshot));
  prepare(
    { name: 'x.heapsnapshot', from: { bytes } },
    { classesOnly: false, shapes: true, keepGraph: false },
  );
}

type Numbers = {
  nodes: number[];
  edges: number[];
  snapshot: { node_count: number; edge_count: number; meta: never };
};

type Whole = Record<string, unknown>;

function remove(snapshot: Whole, ...keys: readonly string[]): void {
  for (const key of keys) delete snapshot[key];
}

describe('a snapshot that cannot be right is refused with the place', () => {
  it.each([
    ['a node_count that lies high', (s: Numbers) => s.snapshot.node_count++, 'snapshot.node_count'],
    ['a node_count that lies low', (s: Numbers) => s.snapshot.node_count--, 'nodes'],
    [
      'a node_count beyond the file',
      (s: Numbers) => (s.snapshot.node_count = 2 ** 40),
      'snapshot.node_count',
    ],
    ['an edge_count that lies', (s: Numbers) => s.snapshot.edge_count++, 'snapshot.edge_count'],
    ['an edge beyond the nodes', (s: Numbers) => (s.edges[2] = 6 * 99), 'edges.to_node'],
    ['an edge between two nodes', (s: Numbers) => (s.edges[2] = 7), 'edges.to_node'],
    ['a number of more than 32 bits', (s: Numbers) => (s.edges[2] = 6 * 2 ** 40), 'edges.to_node'],
    ['an unknown node type', (s: Numbers) => (s.nodes[0] = 77), 'nodes.type'],
    ['an unknown edge type', (s: Numbers) => (s.edges[0] = 77), 'edges.type'],
    ['a name beyond the strings', (s: Numbers) => (s.nodes[1] = 999), 'nodes.name'],
    ["an edge's name beyond the strings", (s: Numbers) => (s.edges[1] = 999), 'edges.name_or_index'],
    ['nodes with too many edges', (s: Numbers) => (s.nodes[4] = 5), 'nodes.edge_count'],
    ['no meta', (s: { snapshot: { meta?: unknown } }) => delete s.snapshot.meta, 'snapshot.meta'],
    [
      'a meta of another shape',
      (s: { snapshot: { meta: unknown } }) => (s.snapshot.meta = { node_fields: 3 }),
      'snapshot.meta.node_fields',
    ],
    ['no strings', (s: { strings?: unknown }) => delete s.strings, 'strings'],
    ['locations without edges', (s: { edges?: unknown }) => delete s.edges, 'locations'],
    ['strings without edges', (s: Whole) => remove(s, 'edges', 'locations'), 'strings'],
    ['a node that is no number', (s: { nodes: unknown[] }) => (s.nodes[3] = null), 'nodes'],
    ['a negative number', (s: Numbers) => (s.nodes[3] = -8), 'nodes'],
  ])('%s', (_, change, field) => {
    expect(() => readChanged(change as never)).toThrow(
      expect.objectContaining({ name: 'SnapshotError', field }),
    );
  });
});

describe('a snapshot with more than can be numbered is refused, and says so', () => {
  const size_bytes = 2 ** 40;
  const layoutOf = (counts: { node_count?: number; edge_count?: number }) => {
    const { snapshot } = tinySnapshot(nodes) as { snapshot: object };
    return readLayout(JSON.stringify({ ...snapshot, ...counts }), 'x.heapsnapshot', size_bytes);
  };

  it('takes as many nodes as there may be', () => {
    expect(layoutOf({ node_count: mostNodes }).nodeCount).toBe(134_217_727);
  });

  it.each([
    ['nodes', { node_count: mostNodes + 1 }, /node_count: expected 134217727 at most.*came 134217728\. Take/],
    ['edges', { edge_count: 2 ** 31 }, /edge_count: expected 2147483647 at most.*came 2147483648\. Take/],
  ])('one of the %s more', (_, counts, message) => {
    expect(() => layoutOf(counts)).toThrow(message);
  });
});

describe('what is no snapshot is refused with what to do', () => {
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it.each([
    ['an empty file', () => file('empty', ''), /byte 0: the file is empty/],
    ['a directory', () => folder, /is a directory/],
    ['a file that is not there', () => join(folder, 'none'), /ENOENT/],
    ['JSON of something else', () => file('other', '{"a":[1,2]}'), /field snapshot is missing/],
    ['no JSON', () => file('text', 'hello'), /byte 0.*expected "\{"/],
    ['gzip cut short', () => file('cut.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])), /decoded as gzip/],
  ])('%s', async (_, path, message) => {
    await expect(openSnapshot(path())).rejects.toThrow(message);
  });

  it('a stream that breaks off', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('no more')) });
    await expect(openSnapshot(broken)).rejects.toThrow(/\(stream\): cannot be read \(no more\)\. Expected/);
  });

  it('the same file twice', async () => {
    const path = file('twice', tinyBytes(nodes));
    await expect(diffSnapshots([path, path])).rejects.toThrow(/given twice/);
  });

  it('a file that changes while it is open', async () => {
    const path = file('changing', tinyBytes(nodes));
    await using snapshot = await openSnapshot(path);
    appendFileSync(path, ' ');
    await expect(snapshot.objectsOf('Foo')).rejects.toThrow(/changed while it was read/);
  });
});

describe('a snapshot may be written in its own way', () => {
  it('with fields in any order, and without detachedness', () => {
    const layout = {
      nodeFields: ['edge_count', 'self_size', 'trace_node_id', 'id', 'name', 'type'],
      edgeFields: ['to_node', 'type', 'name_or_index'],
    };
    const options = { classesOnly: false, shapes: true, keepGraph: false };
    const read = (bytes: Uint8Array) => prepare({ name: 'x', from: { bytes } }, options).digest;
    const usual = read(tinyBytes(nodes));
    const other = read(tinyBytes(nodes, layout));
    expect([...other.ids]).toEqual([...usual.ids]);
    expect([...(other.retainedSizes ?? [])]).toEqual([...(usual.retainedSizes ?? [])]);
  });

  it('with white space between everything', () => {
    const bytes = Buffer.from(JSON.stringify(tinySnapshot(nodes), null, '\t'));
    const { digest } = prepare(
      { name: 'x', from: { bytes } },
      { classesOnly: false, shapes: true, keepGraph: false },
    );
    expect([...(digest.retainedSizes ?? [])]).toEqual([24, 16]);
  });
});
