import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fact } from '../graph/kind-trie.ts';
import { openSnapshot } from '../open-snapshot.ts';
import { takeSnapshots } from '../testing/take-snapshots.ts';
import { type TinyNode, tinySnapshot } from '../testing/tiny-snapshot.ts';
import { prepare } from '../work/prepare.ts';
import { placeOf } from './location-columns.ts';
import { block_bytes } from './scanner.ts';

const nodes: TinyNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
  { type: 'object', name: 'Foo', size: 8, edges: [{ type: 'property', name: 'a', to: 2 }] },
  { type: 'closure', name: 'bar', size: 16 },
];

/** A snapshot whose locations are this text, so far into it that they begin at `from`. */
function bytesWith(locations: string, from = 0): Uint8Array {
  const text = JSON.stringify({ ...tinySnapshot(nodes), locations: ['HERE'] });
  const [before = '', after = ''] = text.split('"HERE"');
  return Buffer.from(before + ' '.repeat(Math.max(0, from - before.length)) + locations + after);
}

/** Line and column of the object and of the function, as the file counts them. */
function placesIn(bytes: Uint8Array): (number | undefined)[][] {
  const source = { name: 'x.heapsnapshot', from: { bytes } };
  const { snapshot } = prepare(source, { classesOnly: false, shapes: true, keepGraph: true });
  const { trie, nodes: read } = snapshot;
  return [1, 2].map((node) => {
    const value = trie.fact[read.kinds[node] as number] as number;
    const place = fact.isLocation(value) ? placeOf(trie, fact.locationOf(value)) : undefined;
    return [place?.line, place?.column];
  });
}

describe('where something is in a source', () => {
  it.each([
    ['with a minus, as Node 26 writes it', '6,7,-3,-83\n,12,7,0,17\n'],
    ['without sign, as those before it did', '6,7,4294967293,4294967213\n,12,7,0,17\n'],
  ])('may be ahead of its first line and column: %s', (_, locations) => {
    expect(placesIn(bytesWith(locations))).toEqual([
      [-3, -83],
      [0, 17],
    ]);
  });

  it('is read alike wherever a block of the file ends', () => {
    const locations = '6,7,-3,-2147483648\n,12,7,-2,-17\n';
    for (let at = 0; at <= locations.length; at++) {
      expect(placesIn(bytesWith(locations, block_bytes - at)), `${at} bytes in the block`).toEqual([
        [-3, -2147483648],
        [-2, -17],
      ]);
    }
  });

  it.each([
    ['-6,7,0,0', 'locations.object_index', /byte \d+.*expected a multiple of 6 below 18, came -6\./],
    ['6,-7,0,0', 'locations.script_id', /expected a number from 0 on, came -7\./],
    ['6,7,-3000000000,0', 'locations.line', /expected a number of 32 bits, came -3000000000\./],
    ['6,7,0,5000000000', 'locations.column', /expected a number of 32 bits, came 5000000000\./],
    ['6,7,0,--1', 'locations', /expected a number, "," or "\]", came "-"/],
    ['6,7,-,1', 'locations', /expected a number, "," or "\]", came "-"/],
    ['6,7,0-1', 'locations', /expected a number, "," or "\]", came "-"/],
    ['6,7,0,1-', 'locations', /expected a number, "," or "\]", came "-"/],
    ['6,7,0,-', 'locations', /expected a number, "," or "\]", came "-"/],
    ['6,7,0,-1 -2', 'locations', /commas between 5 numbers/],
  ])('is refused where V8 writes no such: %s', (locations, field, message) => {
    expect(() => placesIn(bytesWith(locations))).toThrow(
      expect.objectContaining({ name: 'SnapshotError', field, message: expect.stringMatching(message) }),
    );
  });

  it('is told of code that was wrapped, as test runners do, in a snapshot of a process', async () => {
    const { folder, files } = takeSnapshots(`
      const { Script } = require('node:vm');
      const wrapped = '(class WrappedModule { constructor() { this.since = Date.now(); } })';
      const options = { filename: '/app/wrapped.js', lineOffset: -1, columnOffset: -60 };
      const WrappedModule = new Script('\\n' + wrapped, options).runInThisContext();
      const OnTheFirst = new Script(wrapped.replace('WrappedModule', 'OnTheFirst'), options).runInThisContext();
      globalThis.kept = [new WrappedModule(), new OnTheFirst()];
      take()`);
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [file = ''] = files;
    const asJson = JSON.parse(readFileSync(file, 'utf8')) as { locations: number[] };
    const places = asJson.locations.flatMap((value, at, all) => (at % 4 === 2 ? [[value, all[at + 1]]] : []));
    await using snapshot = await openSnapshot(file);
    for (const name of ['WrappedModule', 'OnTheFirst']) {
      const [{ location } = { location: undefined }] = await snapshot.objectsOf(name);
      expect(location).toMatchObject({ script: '/app/wrapped.js' });
      expect(places).toContainEqual([(location?.line ?? 0) - 1, (location?.column ?? 0) - 1]);
      if (name === 'OnTheFirst')
        expect(location).toMatchObject({ line: 0, column: expect.toSatisfy(below0) });
    }
  });
});

const below0 = (column: number) => column < 0;
