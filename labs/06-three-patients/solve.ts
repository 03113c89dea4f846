import { setTimeout as pause } from 'node:timers/promises';
import { figure, figures } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';
import { otherWays } from './other-ways.ts';

const services = ['a', 'b', 'c'] as const;
type Name = (typeof services)[number];
const placeOf = (name: Name) => services.indexOf(name);

/** What one finds who opens the file. */
const holders: Readonly<Record<string, string>> = {
  'response-cache.ts': 'map with keys that never end',
  'order-views.ts': 'listeners on an emitter that lives on',
  'request-history.ts': 'array of everything that came',
};

/** By step 3. */
function fileOf(name: Name, { screen }: Learner): string {
  const files = [...screen.matchAll(/"location":"features\/([^:]+):/g)].map(([, file]) => file);
  return files[placeOf(name)] ?? '';
}

const heldBy =
  (name: Name) =>
  (learner: Learner): string =>
    holders[fileOf(name, learner)] ?? '';

/** By the two readings of step 2: those of c are the third and the sixth. */
function bytesOfC({ screen }: Learner): string {
  const [held = 0, requests = 0] = ['heap_used_after_gc_bytes', 'total'].map(
    (name) => figure(screen, name, 5) - figure(screen, name, 2),
  );
  return `${(held / requests / 1024).toFixed(2)} KB`;
}

interface Row {
  readonly class_name: string;
  readonly count_delta: number;
  readonly retained_delta_bytes: number;
}

/** As the page does it: the two snapshots are compared, and the first class with objects of its own that came is read. */
async function countOfA({ console }: Learner): Promise<string> {
  const { snapshots } = await console.get<{ snapshots: { id: number }[] }>('/api/snapshots');
  const [before, after] = snapshots
    .map(({ id }) => id)
    .toSorted((a, b) => a - b)
    .slice(-2);
  const { id } = await console.post<{ id: number }>('/api/diffs', { before, after });
  for (;;) {
    const { status, rows } = await console.get<{ status: string; rows: Row[] }>(`/api/diffs/${id}`);
    if (status !== 'running') {
      const came = rows.filter(({ count_delta }) => count_delta >= 50);
      const [most] = came.toSorted((a, b) => b.retained_delta_bytes - a.retained_delta_bytes);
      return String(most?.count_delta);
    }
    await pause(200);
  }
}

/** Each service's three readings of step 5. */
function readings({ screen }: Learner) {
  const [heap, external] = [figures(screen, 'heap_used_bytes'), figures(screen, 'external_bytes')];
  return services.map((_, place) =>
    [0, 1, 2].map((round) => {
      const at = 2 * (round * services.length + place);
      const [before = 0, after = 0] = [heap[at], heap[at + 1]];
      return { garbage: before - after, heap: after, external: external[at + 1] ?? 0 };
    }),
  );
}

/** The one that added least in the last stretch. */
function alarm(learner: Learner) {
  const added = readings(learner).map(([, second, third], place) => ({
    name: services[place] as Name,
    bytes: (third?.heap ?? 0) + (third?.external ?? 0) - (second?.heap ?? 0) - (second?.external ?? 0),
  }));
  const [least] = added.toSorted((a, b) => a.bytes - b.bytes);
  const own = readings(learner)[placeOf(least?.name ?? 'a')] ?? [];
  return { name: least?.name ?? '', own };
}

const MB = 1024 ** 2;

export const solution: Solution = {
  answers: {
    bytes_c: bytesOfC,
    file_b: (learner) => fileOf('b', learner),
    count_a: countOfA,
    held_by_a: heldBy('a'),
    held_by_b: heldBy('b'),
    held_by_c: heldBy('c'),
    no_leak: (learner) => alarm(learner).name,
    because: (learner) => {
      const { own } = alarm(learner);
      if (own.some(({ external }) => external > 16 * MB)) return 'buffers made once and used again';
      const garbage = Math.max(...own.map((reading) => reading.garbage));
      // All that waits for its archive is 50 MB: more than the cache has room for.
      return garbage > 10 * MB || own.some(({ heap }) => heap > 62 * MB)
        ? 'garbage that is collected late'
        : 'bounded cache that fills';
    },
    held_bytes: (learner) => {
      const last = alarm(learner).own.at(-1);
      return `${(((last?.heap ?? 0) + (last?.external ?? 0)) / MB).toFixed(1)} MB`;
    },
  },
  others: otherWays,
};
