import type { Deaths } from '../deaths/deaths.ts';
import type { RecordClock } from '../record/clock.ts';
import { growthOfSamples } from '../record/growth.ts';
import type { LifeTracker } from '../record/life-tracker.ts';
import type { Recent } from '../record/recent.ts';
import type { ServiceStanding } from '../record/service-state.ts';
import type { LimitRaise } from '../snapshots/limit-raise.ts';
import type { RecordedSample } from '../store/samples.ts';
import type { Warnings } from '../warnings.ts';
import { type Now, type Sample, sampleColumns } from './contract.ts';

export interface NowDeps {
  readonly mode: Now['mode'];
  readonly clock: RecordClock;
  readonly standing: ServiceStanding;
  readonly tracker: LifeTracker;
  readonly recent: Recent;
  readonly deaths: Deaths;
  readonly warnings: Warnings;
  readonly limitRaise: LimitRaise | undefined;
}

const noGrowth = { bytes_per_second: null, bytes_per_request: null, seconds_to_limit: null };

/** The service as it is now. */
export function readNow({
  mode,
  clock,
  standing,
  tracker,
  recent,
  deaths,
  warnings,
  limitRaise,
}: NowDeps): Now {
  const { life } = tracker;
  const alive = life !== undefined && life.ended_at_ms === null;
  const samples = recent.samples();
  const last = samples.at(-1);
  return {
    time_ms: clock.now_ms(),
    mode,
    service: standing.describe(alive ? life.pid : null, alive ? life.started_at_ms : null),
    sample: last === undefined ? null : toPublic(last),
    limit_raised_from_bytes: limitRaise?.raisedFrom_bytes ?? null,
    growth: alive ? growthOfSamples(samples) : noGrowth,
    ...(recent.reading?.leaks && { leaks: recent.reading.leaks }),
    warnings: warnings.list(),
    deaths: deaths.count,
  };
}

const toPublic = (sample: RecordedSample): Sample =>
  Object.fromEntries(sampleColumns.map((column) => [column, sample[column]])) as Sample;
