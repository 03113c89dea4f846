import * as v from 'valibot';
import { ServiceError } from '../errors.ts';
import { checkQuery, queryFlag } from '../http/query.ts';
import type { Route } from '../http/route.ts';
import { megabytes } from '../memory/process.ts';
import { type PlaceAmount, type StackAmount, sumUp } from '../profile/allocations.ts';
import type { Change } from '../profile/growth.ts';
import type { GrowthWatch } from '../profile/growth-watch.ts';
import type { LiveAllocations, LiveReading } from '../profile/live-allocations.ts';
import { serviceProject } from '../profile/project.ts';

const snapshotQuery = v.strictObject({ gc: v.optional(v.picklist(['true', 'false']), 'true') });
const diffQuery = v.strictObject({ keep: queryFlag });

/** Stacks shown beside the sums: more than these hold next to nothing, and each is long. */
const mostStacks = 100;

export interface AllocationDeps {
  readonly live: LiveAllocations;
  readonly growth: GrowthWatch;
}

/** What is alive, by the code that allocated it. Without a profiler each of the routes says so. */
export function allocationRoutes(deps: AllocationDeps | undefined): Route[] {
  const profiler = (): AllocationDeps => deps ?? refuseOff();
  return [
    {
      method: 'get',
      path: '/admin/memory/snapshot',
      summary:
        'What is alive by line, file and stack that allocated it, garbage collected first; ?gc=false tells the last reading again.',
      handler: (request, response) => {
        const { gc } = checkQuery(snapshotQuery, request);
        const { live } = profiler();
        const reading = (gc === 'false' ? live.last() : undefined) ?? live.read();
        response.json({
          timestamp: new Date().toISOString(),
          ...describeReading(reading, live.interval_bytes),
        });
      },
    },
    {
      method: 'get',
      path: '/admin/memory/diff',
      summary:
        'What grew and what was given back since the last call, which the first one begins; ?keep=true leaves the baseline as it is.',
      handler: (request, response) => {
        const { keep } = checkQuery(diffQuery, request);
        const comparison = profiler().growth.compare(keep);
        const timestamp = new Date().toISOString();
        if (comparison.status === 'baseline_set') {
          const { size_bytes } = comparison.baseline;
          response.json({
            timestamp,
            status: comparison.status,
            baseline_size_mb: megabytes(size_bytes),
            reason: comparison.reason,
          });
          return;
        }
        const { growing, shrunk, total_bytes } = comparison.growth;
        response.json({
          timestamp,
          status: comparison.status,
          baseline_taken_at: comparison.baseline_taken_at.toISOString(),
          total_growth_mb: megabytes(total_bytes),
          growing_allocations: growing.map(describeChange),
          shrunk_allocations: shrunk.map(describeChange),
        });
      },
    },
  ];
}

function describeReading(
  { since, taken_at, pause_seconds, stacks }: LiveReading,
  interval_bytes: number,
): object {
  const { total, by_line, by_file, by_stack } = sumUp(stacks, serviceProject);
  return {
    taken_at: taken_at.toISOString(),
    since: since.toISOString(),
    interval_bytes,
    pause_seconds: Math.round(pause_seconds * 1e4) / 1e4,
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

function describeChange(change: Change): object {
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

function refuseOff(): never {
  throw new ServiceError(
    'profiler_off',
    'PROFILE_INTERVAL_BYTES is 0, so nothing is sampled. Start the service without it, or with 131072.',
  );
}
