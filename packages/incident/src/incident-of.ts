import { falseAlarms } from './controls.ts';
import { drillOf } from './drill.ts';
import {
  type Incident,
  type IncidentLeak,
  type IncidentLevel,
  isLevel,
  isSeed,
  levels,
  mostSeed,
} from './incident.ts';
import { leaksByRequest } from './leaks.ts';
import { type Numbers, numbersOf } from './numbers.ts';

const kilobyte = 1024;
const longestOnset_seconds = 60;

/** Of twelve incidents one is three leaks at once and two are false alarms. */
const kinds = 12;

const atOnce = ['cache', 'listeners', 'history'] as const;

/**
 * The incident of a seed at a level, always the same. Throws `RangeError` where `seed` is no whole number from 0 to 2^32 - 1,
 * or `level` none.
 */
export function incidentOf(seed: number, level: IncidentLevel = 0): Incident {
  if (!isSeed(seed)) throw new RangeError(`Expected a seed from 0 to ${mostSeed}, whole; got ${seed}.`);
  if (!isLevel(level)) throw new RangeError(`Expected one of the levels ${levels.join(', ')}; got ${level}.`);
  const numbers = numbersOf(seed, level);
  return level === 0 ? ofTheCourse(numbers) : drillOf(level, numbers);
}

function ofTheCourse(numbers: Numbers): Incident {
  const kind = numbers.between(1, kinds);
  const onset_seconds = numbers.between(0, longestOnset_seconds);
  if (kind === 1) return { leaks: atOnce.map((id) => leak(id, numbers, 2, 8)), onset_seconds };
  if (kind <= 3) return { leaks: [falseAlarm(numbers)], onset_seconds };
  const id = numbers.oneOf(leaksByRequest);
  const leaks = [leak(id, numbers, 2, 24)];
  return id === 'closures' ? { leaks, upstream: slow(numbers), onset_seconds } : { leaks, onset_seconds };
}

const leak = (id: string, numbers: Numbers, least_kb: number, most_kb: number): IncidentLeak => ({
  id,
  bytes_per_request: numbers.between(least_kb * kilobyte, most_kb * kilobyte),
});

function falseAlarm(numbers: Numbers): IncidentLeak {
  const { id, least, most } = numbers.oneOf(falseAlarms);
  return { id, bytes_per_request: numbers.between(least, most) };
}

/** Two jobs a second at most, by four connections: whatever the load, it does not catch up. */
const slow = (numbers: Numbers) => ({ latency_ms: numbers.between(2_000, 20_000) });
