import { megabytes } from '../memory/process.ts';
import { type PlaceAmount, type StackAmount, sumUp } from '../profile/allocations.ts';
import type { Change } from '../profile/growth.ts';
import { serviceProject } from '../profile/project.ts';
import type { AllocatedStack } from '../profile/v8-profile.ts';

/** Stacks shown beside the sums: more than these hold next to nothing, and each is long. */
const mostStacks = 100;

/** The sums by line, file and stack, as the admin API tells them. */
export function describeStacks(stacks: readonly AllocatedStack[]): object {
  const { total, by_line, by_file, by_stack } = sumUp(stacks, serviceProject);
  return {
    total_size_mb: megabytes(total.size_bytes),
    total_size_bytes: total.size_bytes,
    total_count: total.count,
    total_samples: total.samples,
    by_line: by_line.map(describeAmount),
    by_file: by_file.map(describeAmount),
    by_stack: by_stack
      .slice(0, mostStacks)
      .map((entry: StackAmount) => ({ ...describeAmount(entry), stack: entry.stack })),
  };
}

function describeAmount(amount: PlaceAmount): object {
  const { location, file, line, size_bytes, count, samples } = amount;
  return {
    location,
    file,
    line,
    function: amount.function,
    size_mb: megabytes(size_bytes),
    size_bytes,
    count,
    samples,
  };
}

/** What one function holds more or less than before, as the admin API tells it. */
export function describeChange(change: Change): object {
  const { location, file, line, count_diff, samples_new, samples_gone } = change;
  return {
    location,
    file,
    line,
    function: change.function,
    size_diff_kb: kilobytes(change.size_diff_bytes),
    at_least_kb: kilobytes(change.at_least_bytes),
    count_diff,
    current_size_kb: kilobytes(change.current_size_bytes),
    samples_new,
    samples_gone,
  };
}

/** Bytes as kilobytes of 2^10, to one place. */
const kilobytes = (bytes: number): number => Math.round(bytes / 102.4) / 10;
