import type { ClassDiff, ClassPaths } from '@leak-lab/heap-snapshot';
import { describe, expect, it } from 'vitest';
import type { AllocationLine } from '../api/contract.ts';
import { lineOf, placeOf, projectFile } from './join-lines.ts';

const at = (script: string, line = 7) => ({ script_id: 1, script, line, column: 1 });
const line = (file: string, growth_bytes: number) =>
  ({ file, growth_bytes, location: `${file}:1` }) as AllocationLine;
const grown = (location?: ReturnType<typeof at>) =>
  ({ location, self_bytes_delta: 10, count_delta: 1 }) as unknown as ClassDiff;
const heldBy = (...scripts: (string | undefined)[]) =>
  ({
    clusters: [{ steps: scripts.map((script) => ({ location: script && at(script) })) }],
  }) as unknown as ClassPaths;

const history = 'file:///app/services/leaky-service/src/features/request-history.ts';

describe('projectFile', () => {
  it.each([
    [history, 'features/request-history.ts'],
    ['/home/a/src/lab/services/leaky-service/src/app.ts', 'app.ts'],
    ['file:///app/node_modules/express/src/a.js', undefined],
    ['node:internal/timers', undefined],
  ])('of %s is %s', (script, file) => expect(projectFile(at(script))).toBe(file));
});

it('names a place briefly', () => {
  expect(placeOf(at(history))).toBe('features/request-history.ts:7');
  expect(placeOf(at('/app/node_modules/pino/a.js'))).toBe('node_modules/pino/a.js:7');
  expect(placeOf(undefined)).toBeNull();
});

describe('lineOf', () => {
  const growing = [
    line('leaks/switchboard.ts', 90),
    line('features/request-history.ts', 50),
    line('api/data.ts', 0),
  ];
  it('goes by the file of the constructor first', () => {
    expect(lineOf(grown(at(history)), undefined, growing)?.growth_bytes).toBe(50);
  });
  it('goes by the nearest holder for what has none', () => {
    const path = heldBy('file:///a/services/leaky-service/src/leaks/switchboard.ts', history, undefined);
    expect(lineOf(grown(), path, growing)?.file).toBe('features/request-history.ts');
  });
  it('says nothing of what did not grow, and of what no line explains', () => {
    const shrunk = { ...grown(at(history)), self_bytes_delta: -1, count_delta: 0 };
    expect(lineOf(shrunk, undefined, growing)).toBeNull();
    expect(lineOf(grown(), heldBy('file:///a/services/leaky-service/src/api/data.ts'), growing)).toBeNull();
  });
});
