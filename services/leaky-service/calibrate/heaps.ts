import { EventEmitter } from 'node:events';

/** A heap of one kind of thing: `make` is called until the heap has the size that is wanted; all it returns is kept. */
export interface HeapKind {
  readonly name: string;
  make(index: number): unknown;
  /** How many things lie in one array together; all in one where it is not said. */
  readonly chunk?: number;
}

const letters = Buffer.from('leave with the neighbour if nobody answers; '.repeat(500));
/** A string of its own in memory: no slice, no rope. */
const text = (index: number, length: number) =>
  Buffer.from(String(index).padStart(9, '0') + letters.toString('latin1', 0, length - 9)).toString('latin1');

class Account {
  readonly #owner: number;
  readonly entries: number[] = [];
  constructor(owner: number) {
    this.#owner = owner;
  }
  get owner(): number {
    return this.#owner;
  }
}

const order = (index: number) => ({
  number: index,
  customer: 'Adebayo',
  item: 'lamp',
  price_cents: index * 3,
  note: text(index, 160),
});

const shared = { name: 'one for all' };

/** What programs fill their memory with: the kinds differ in objects, references and text for each byte. */
export const heapKinds: readonly HeapKind[] = [
  { name: 'orders', make: order },
  { name: 'pages of orders', make: (index) => Array.from({ length: 60 }, (_, at) => order(index * 60 + at)) },
  { name: 'pairs', make: (index) => ({ left: index, right: index * 2 }), chunk: 100 },
  { name: 'pairs in one list', make: (index) => ({ left: index, right: index * 2 }) },
  { name: 'numbers in objects', make: (index) => ({ x: index * 1.5, y: index * 2.5 }), chunk: 1000 },
  { name: 'short texts', make: (index) => text(index, 40), chunk: 500 },
  { name: 'texts of 200', make: (index) => text(index, 200), chunk: 500 },
  { name: 'texts of 2,000', make: (index) => text(index, 2000) },
  { name: 'texts of 16,000', make: (index) => text(index, 16_000) },
  { name: 'lists of ten', make: (index) => Array.from({ length: 10 }, (_, at) => index + at), chunk: 200 },
  {
    name: 'closures',
    make: (index) => {
      const request = { index };
      return () => request;
    },
    chunk: 1000,
  },
  { name: 'rows of references', make: () => new Array(100).fill(shared), chunk: 1000 },
  { name: 'maps', make: (index) => new Map([[index, { index }]]), chunk: 1000 },
  { name: 'a map', make: (index) => index },
  { name: 'accounts', make: (index) => new Account(index), chunk: 300 },
  { name: 'promises', make: () => new Promise(() => undefined), chunk: 1000 },
  { name: 'buffers', make: (index) => Buffer.alloc(64, index), chunk: 1000 },
  {
    name: 'emitters',
    make: (index) => {
      const emitter = new EventEmitter();
      emitter.on('change', () => index);
      return emitter;
    },
    chunk: 500,
  },
  {
    name: 'trees',
    make: (index) => ({ a: { b: { c: { d: [index] } } }, name: `node ${index}` }),
    chunk: 100,
  },
];

/** Fills a heap until it has grown by `size_bytes`, as `used_bytes` tells. Returns what must be kept. */
export function fill(kind: HeapKind, size_bytes: number, used_bytes: () => number): unknown {
  const before = used_bytes();
  const table = kind.name === 'a map' ? new Map<string, object>() : undefined;
  const chunk = kind.chunk ?? Number.POSITIVE_INFINITY;
  const kept: unknown[][] = [[]];
  for (let index = 0; index % 100 !== 0 || used_bytes() - before < size_bytes; index++) {
    if (table) table.set(`key ${index}`, { body: text(index, 2000), index });
    else if ((kept.at(-1) as unknown[]).push(kind.make(index)) >= chunk) kept.push([]);
  }
  return table ?? kept;
}
