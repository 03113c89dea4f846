import { describeFrame, type Place, type Project, placeOf } from './attribution.ts';
import { type AllocatedStack, type Amount, addAmount } from './v8-profile.ts';

export type PlaceAmount = Place & Amount;

export interface StackAmount extends PlaceAmount {
  /** From the function that allocated outwards. */
  readonly stack: readonly string[];
}

export interface Allocations {
  readonly total: Amount;
  readonly by_line: readonly PlaceAmount[];
  readonly by_file: readonly PlaceAmount[];
  readonly by_stack: readonly StackAmount[];
}

/** Sums stacks up by function, file and stack, the largest first. */
export function sumUp(stacks: readonly AllocatedStack[], project: Project): Allocations {
  const total: Amount = { size_bytes: 0, count: 0, samples: 0 };
  const lines = new Map<string, PlaceAmount>();
  const files = new Map<string, PlaceAmount>();
  const byStack: StackAmount[] = [];
  for (const { frames, ...amount } of stacks) {
    const place = placeOf(frames, project);
    addAmount(total, amount);
    addAmount(entryFor(lines, place.location, place), amount);
    addAmount(
      entryFor(files, place.file, { location: place.file, file: place.file, line: 0, function: '' }),
      amount,
    );
    byStack.push({ ...place, ...amount, stack: frames.map((frame) => describeFrame(frame, project)) });
  }
  return {
    total,
    by_line: [...lines.values()].sort(largestFirst),
    by_file: [...files.values()].sort(largestFirst),
    by_stack: byStack.sort(largestFirst),
  };
}

function entryFor(entries: Map<string, PlaceAmount>, key: string, place: Place): PlaceAmount {
  const known = entries.get(key);
  if (known) return known;
  const entry = { ...place, size_bytes: 0, count: 0, samples: 0 };
  entries.set(key, entry);
  return entry;
}

const largestFirst = (a: Amount, b: Amount): number => b.size_bytes - a.size_bytes;
