import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { complaintAbout } from './classes/require-class.ts';
import { diffSnapshots } from './diff-snapshots.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { ClassDiff, SnapshotDiff } from './types.ts';

export interface GrowthOptions {
  /** The class that must not grow, by name. */
  readonly class: string;
  /** How often `fn` runs between the snapshots, default 100. */
  readonly iterations?: number | undefined;
  /** How often it runs before the first, so that caches fill and code compiles; default 10. */
  readonly warmup?: number | undefined;
  /**
   * Objects of the class that may be added. Default: one for every ten iterations, as V8 may keep the last few
   * alive for a while; what leaks adds one for each.
   */
  readonly tolerance?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Thrown when a class grew; its message holds the counts and what holds the objects. */
export class GrowthError extends Error {
  override readonly name = 'GrowthError';
  readonly diff: ClassDiff;

  constructor(message: string, diff: ClassDiff) {
    super(message);
    this.diff = diff;
  }
}

/**
 * Runs `fn` `iterations` times and throws {@link GrowthError} if the process then holds more objects of a class.
 * Takes the snapshots itself, of the process it runs in, to files it removes again; needs no test framework. Each
 * stops the process while it is taken, about 0.4 s for every 20 MB of live heap.
 *
 * Throws a RangeError for a class that is not there: neither an object of it in either snapshot nor a function of that
 * name.
 */
export async function expectNoGrowth(fn: () => unknown, options: GrowthOptions): Promise<void> {
  const { class: className, iterations = 100, warmup = 10, signal } = options;
  const { tolerance = Math.ceil(iterations / 10) } = options;
  check(options);
  const folder = mkdtempSync(join(tmpdir(), 'expect-no-growth-'));
  try {
    await repeat(fn, warmup, signal);
    const before = writeHeapSnapshot(join(folder, 'before.heapsnapshot'));
    await repeat(fn, iterations, signal);
    const after = writeHeapSnapshot(join(folder, 'after.heapsnapshot'));
    const diff = await diffSnapshots([before, after], { paths: [className], clusters: 1, signal });
    const names = diff.classes.map(({ name }) => name);
    if (!names.includes(className)) {
      await using snapshot = await openSnapshot(after, { signal });
      const complaint = await complaintAbout(className, snapshot, names);
      if (complaint) throw new RangeError(`expectNoGrowth: ${complaint}`);
    }
    const grown = diff.classes.filter((each) => each.name === className && each.count_delta > tolerance);
    const [worst] = grown.sort((a, b) => b.count_delta - a.count_delta);
    if (worst) throw new GrowthError(messageOf(worst, diff, iterations, tolerance), worst);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What would make the test pass for no reason. Throws a RangeError. */
function check(options: GrowthOptions): void {
  if (typeof options.class !== 'string' || options.class === '') {
    throw new RangeError(`expectNoGrowth: expected the name of a class, came ${String(options.class)}.`);
  }
  const least = { iterations: 1, warmup: 0, tolerance: 0 };
  for (const name of ['iterations', 'warmup', 'tolerance'] as const) {
    const value = options[name];
    if (value === undefined || (Number.isInteger(value) && value >= least[name])) continue;
    throw new RangeError(
      `expectNoGrowth: expected ${name} of ${least[name]} or more, a whole number, came ${value}.`,
    );
  }
}

async function repeat(fn: () => unknown, times: number, signal: AbortSignal | undefined): Promise<void> {
  for (let time = 0; time < times; time++) {
    signal?.throwIfAborted();
    await fn();
  }
}

function messageOf(row: ClassDiff, diff: SnapshotDiff, iterations: number, tolerance: number): string {
  const [before, after] = row.sizes;
  const [cluster] = diff.paths.find(({ key }) => key === row.key)?.clusters ?? [];
  const path = cluster?.steps.map(({ holder, edge }) => `${holder}${edge}`).join(' → ');
  return (
    `${row.name} grew by ${row.count_delta} objects in ${iterations} iterations (${before?.count} before, ${after?.count} after); ` +
    `expected ${tolerance} more at most.${path ? ` ${cluster?.count} of the new ones are held by: ${path}.` : ''} ` +
    'Let go of them there, or allow more by `tolerance`.'
  );
}
