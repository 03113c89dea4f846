import { expect, it } from 'vitest';
import { readPprof, writePprof } from './pprof-file.ts';
import { type AliveStack, bytesOfStacks, differenceOf, nodesOf } from './profile.ts';
import { differenceWords } from './words.ts';

const MB = 1024 ** 2;
const own = '/app/services/leaky-service/src';
const frame = (name: string, file: string, line: number) => ({ name, file, line });
const make = frame('domainsOf', `${own}/orders/domains.ts`, 14);
const handle = frame('handle', `${own}/features/blocklist.ts`, 36);
const next = frame('next', '/app/node_modules/router/index.js', 100);
const log = frame('write', '/app/node_modules/pino/lib/proto.js', 7);
const stack = (bytes: number, ...frames: ReturnType<typeof frame>[]): AliveStack => ({
  frames,
  objects: Math.round(bytes / 48),
  bytes,
});

const before = [stack(2 * MB, make, handle, next), stack(MB, log, next)];
const after = [stack(20 * MB, make, handle, next), stack(3 * MB, handle, next)];

it('a difference is what each stack has more, or less', () => {
  const difference = differenceOf(before, after);
  expect(bytesOfStacks(difference)).toBe(20 * MB);
  expect(difference.map(({ bytes }) => bytes / MB).toSorted((a, b) => a - b)).toEqual([-1, 3, 18]);
  expect(differenceOf(after, after)).toEqual([]);
});

it('a function has what it allocated itself, and with that what it called', () => {
  const nodes = nodesOf(differenceOf(before, after));
  const of = (name: string) => nodes.find((node) => node.name === name);
  expect(of('domainsOf')).toMatchObject({ flat_bytes: 18 * MB, whole_bytes: 18 * MB });
  expect(of('handle')).toMatchObject({ flat_bytes: 3 * MB, whole_bytes: 21 * MB });
  expect(of('next')).toMatchObject({ flat_bytes: 0, whole_bytes: 20 * MB });
  const again = nodesOf([stack(MB, handle, next, handle)]);
  expect(again.find(({ name }) => name === 'handle')?.whole_bytes).toBe(MB);
});

it('a file in pprof’s format has the same stacks, with what is less as well', () => {
  const difference = differenceOf(before, after);
  expect(readPprof(writePprof(difference, new Date()))).toEqual(difference);
});

it('a file of other samples is none', () => {
  expect(() => readPprof(Buffer.from('no profile at all'))).toThrow();
  expect(() => readPprof(Buffer.alloc(0))).toThrow('its samples are of nothing');
});

it('in words what allocated comes first, and the service’s own functions with their places', () => {
  const words = differenceWords(differenceOf(before, after)).join('\n');
  expect(words).toMatch(/\+20\.0 MB alive[\s\S]*\+18\.0 MB {2}domainsOf +orders\/domains\.ts:14/);
  expect(words).toMatch(/own\n +\+21\.0 MB {2}handle +features\/blocklist\.ts:36/);
  expect(words).toMatch(/-1\.0 MB {2}write +pino\/lib\/proto\.js:7/);
  expect(words.split('own\n')[1]).not.toContain('next');
});
