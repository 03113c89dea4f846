import { recorded } from '../../test/course/labs/support/recorded.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

const services = { a: 8080, b: 8180, c: 8280 } as const;
type Name = keyof typeof services;
const names = Object.keys(services) as Name[];
const MB = 1024 ** 2;

/** Fewer came to a collection of the service's own by its start. */
const fewest = 500;

interface Grown {
  readonly name: string;
  readonly more: number;
}

/** What one concludes of the collection that grew most; the list that an emitter has of its listeners is not named as one. */
function holderOf({ name }: Grown): string {
  if (name === 'Map' || name === 'Object') return 'map with keys that never end';
  return name === 'Array' ? 'array of everything that came' : 'listeners on an emitter that lives on';
}

const mostGrown = (grown: readonly Grown[]): Grown =>
  grown.filter(({ more }) => more >= fewest).toSorted((a, b) => b.more - a.more)[0] ?? { name: '', more: 0 };

/** By what `heapdiff` says grows: `RequestHistory.#records  Array @110385: 300 → 800 entries`. */
async function collectionIn(file: string, { run }: Learner): Promise<Grown> {
  const lines = (await run(`cat ${file}`)).matchAll(/ (\w+) @\d+: ([\d,]+) → ([\d,]+) entries/g);
  const count = (digits = '') => Number(digits.replaceAll(',', ''));
  return mostGrown(
    [...lines].map(([, name = '', before, after]) => ({ name, more: count(after) - count(before) })),
  );
}

interface Diff {
  readonly rows: readonly { readonly class_name: string; readonly count_delta: number }[];
  readonly collections: readonly {
    readonly name: string;
    readonly count_before: number;
    readonly count_after: number;
  }[];
}

/** By what the page says of a, under "Collections that grow". */
async function collectionOfA({ console }: Learner): Promise<Grown & { readonly functions: number }> {
  const { rows, collections } = await console.get<Diff>('/api/diffs/latest');
  const grown = collections.map(({ name, count_before, count_after }) => ({
    // "Map @110385"
    name: name.split(' ')[0] ?? '',
    more: count_after - count_before,
  }));
  const functions = rows.find(({ class_name }) => class_name === 'Function')?.count_delta ?? 0;
  return { ...mostGrown(grown), functions };
}

/** The file of which most is alive in a service, of those that do something for a request. */
async function fileAlive(name: Name, { run }: Learner): Promise<string> {
  const { by_line } = JSON.parse(await run(`curl -s localhost:${services[name]}/admin/memory/snapshot`)) as {
    by_line: { location: string; size_mb: number }[];
  };
  const own = by_line.filter(({ location }) => location.startsWith('features/'));
  const [most] = own.toSorted((a, b) => b.size_mb - a.size_mb);
  return /^features\/([^:]+)/.exec(most?.location ?? '')?.[1] ?? '';
}

/** The service whose line on the page is the flattest by requests, a collection to the next. */
async function flattest(learner: Learner): Promise<Name> {
  const lines = await Promise.all(
    names.map(async (name) => {
      const { growth } = await recorded(learner, name);
      return { name, bytes: growth('heap_after_gc_bytes', 'requests_total') };
    }),
  );
  return (lines.toSorted((a, b) => a.bytes - b.bytes)[0] as (typeof lines)[0]).name;
}

/** What the code does where most is alive; of buffers outside of the heap no line of it tells. */
const does: Readonly<Record<string, string>> = {
  'article-cache.ts': 'bounded cache that fills',
  'report-rows.ts': 'garbage that is collected late',
};

/** Without the readings of the text: by the page, by whole snapshots, and by the code. */
export const otherWays: Solution['others'] = {
  bytes_c: async (learner) => {
    const { growth } = await recorded(learner, 'c');
    return `${(growth('heap_after_gc_bytes', 'requests_total') / 1024).toFixed(1)} KB`;
  },
  file_b: (learner) => fileAlive('b', learner),
  count_a: async (learner) => {
    const { more, functions } = await collectionOfA(learner);
    return String(more || functions);
  },
  held_by_a: async (learner) => holderOf(await collectionOfA(learner)),
  held_by_b: async (learner) => holderOf(await collectionIn('b.txt', learner)),
  held_by_c: async (learner) => holderOf(await collectionIn('c.txt', learner)),
  no_leak: flattest,
  because: async (learner) => {
    const name = await flattest(learner);
    const { lowest, highest } = await recorded(learner, name);
    if (highest('external_bytes') - lowest('external_bytes') > 16 * MB)
      return 'buffers made once and used again';
    return does[await fileAlive(name, learner)] ?? '';
  },
  held_bytes: async (learner) => {
    const port = services[await flattest(learner)];
    await learner.run(`curl -s -X POST localhost:${port}/admin/gc -o /dev/null`);
    const { heap_used_after_gc_bytes, external_after_gc_bytes } = JSON.parse(
      await learner.run(`curl -s localhost:${port}/admin/sample`),
    ) as { heap_used_after_gc_bytes: number; external_after_gc_bytes: number };
    return `${((heap_used_after_gc_bytes + external_after_gc_bytes) / MB).toFixed(1)} MB`;
  },
};
