import type { Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { refusals, ServiceError } from '../errors.ts';
import { checkQuery, queryFlag } from '../http/query.ts';
import { megabytes } from '../memory/process.ts';
import type { Comparison, GrowthWatch } from '../profile/growth-watch.ts';
import type { LiveAllocations, LiveReading } from '../profile/live-allocations.ts';
import { sumSamples } from '../profile/v8-profile.ts';
import { describeChange, describeStacks } from './allocation-json.ts';

const snapshotQuery = v.strictObject({ gc: v.optional(v.picklist(['true', 'false']), 'true') });
const diffQuery = v.strictObject({ keep: queryFlag });

/** What samples the heap. */
export interface Profiler {
  readonly live: LiveAllocations;
  readonly growth: GrowthWatch;
}

/** What is alive, by the code that allocated it. Without a profiler each of the routes says so. */
export function allocationRoutes(profiler: Profiler | undefined): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/memory/snapshot',
      refusals: refusals('profiler_off'),
      summary:
        'What is alive by line, file and stack that allocated it, garbage collected first; ?gc=false tells the last reading again.',
      query: snapshotQuery,
      handler: (request, response) => {
        const { gc } = checkQuery(snapshotQuery, request);
        const { live } = requireProfiler(profiler);
        // While allocations are recorded nothing newer is to be had, and whoever polls is not to fail for it.
        const last = gc === 'false' || live.isRecording ? live.last() : undefined;
        response.json({ timestamp: now(), ...describeReading(last ?? live.read(), live) });
      },
    },
    {
      method: 'get',
      path: '/admin/memory/diff',
      refusals: refusals('profiler_off', 'recording_under_way'),
      summary:
        'What grew and what was given back since the last call, which the first one begins; ?keep=true leaves the baseline as it is.',
      query: diffQuery,
      handler: (request, response) => {
        const { keep } = checkQuery(diffQuery, request);
        const comparison = requireProfiler(profiler).growth.compare(keep);
        response.json({ timestamp: now(), ...describeComparison(comparison) });
      },
    },
  ];
}

/** Throws `profiler_off` where nothing is sampled. */
export function requireProfiler(profiler: Profiler | undefined): Profiler {
  if (profiler) return profiler;
  throw new ServiceError(
    'profiler_off',
    'PROFILE_INTERVAL_BYTES is 0, so nothing is sampled. Start the service without it.',
  );
}

function describeReading(
  { since, taken_at, pause_seconds, stacks }: LiveReading,
  live: LiveAllocations,
): object {
  return {
    taken_at: taken_at.toISOString(),
    since: since.toISOString(),
    recording: live.isRecording,
    interval_bytes: live.interval_bytes,
    pause_seconds: Math.round(pause_seconds * 1e4) / 1e4,
    ...describeStacks(stacks.map(sumSamples)),
  };
}

function describeComparison(comparison: Comparison): object {
  const { status } = comparison;
  if (status === 'baseline_set') {
    const { baseline, reason } = comparison;
    return { status, baseline_size_mb: megabytes(baseline.size_bytes), reason };
  }
  const { growth, baseline_taken_at } = comparison;
  return {
    status,
    baseline_taken_at: baseline_taken_at.toISOString(),
    total_growth_mb: megabytes(growth.total_bytes),
    growing_allocations: growth.growing.map(describeChange),
    shrunk_allocations: growth.shrunk.map(describeChange),
  };
}

const now = (): string => new Date().toISOString();
