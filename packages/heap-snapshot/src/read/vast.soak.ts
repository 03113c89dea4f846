import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { heldByNameFigures } from '../testing/vast-graph.ts';
import { beyond, vastFigures } from '../testing/vast-snapshot.ts';

it('a stream of more than 4 GB is read right, in bounded memory', () => {
  const program = fileURLToPath(new URL('../testing/vast-program.ts', import.meta.url));
  const said = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }));
  expect(said).toMatchObject(heldByNameFigures);
  expect(said.bytes).toBe(said.expected_bytes);
  expect(said.bytes).toBeGreaterThan(2 ** 32);
  expect(said.peak_bytes).toBeLessThan(250e6);
});

it('nodes, edges and strings beyond 2^32 bytes are read right', () => {
  expect(vastFigures({ inNodes: beyond })).toEqual(heldByNameFigures);
});
