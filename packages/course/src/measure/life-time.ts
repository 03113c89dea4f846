import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { endedByMemory } from './deaths.ts';
import { bytesPerRequest } from './growth.ts';

const tolerance = 0.2;

/**
 * How long a process lives under the lab's traffic, from its start to its limit: as those lived that died since it began to
 * happen, and by the room that an idle process has and what goes of it each second. With a rate that is not the lab's, by the
 * latter alone.
 */
export function lifeTimeTruth(evidence: Evidence, rate_perSecond?: number): Truth {
  const growth = bytesPerRequest(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  const { onset_ms, samples, limit_bytes } = evidence;
  const died = rate_perSecond === undefined ? evidence.deaths : [];
  const lived = died.flatMap(({ ended_by, time_ms, uptime_seconds }) => {
    const whole = uptime_seconds !== null && time_ms - uptime_seconds * 1000 >= (onset_ms ?? 0);
    return endedByMemory.has(ended_by) && whole ? [uptime_seconds] : [];
  });
  const rate = rate_perSecond ?? usualRate_perSecond(samples);
  const foretold =
    limit_bytes === null || rate === undefined || growth.value <= 0
      ? []
      : idleUses_bytes(samples).map((idle) => (limit_bytes - idle) / (growth.value * rate));
  const values = [...lived, ...foretold];
  return values.length === 0
    ? { kind: 'unknown', waits_for: 'traffic, and a memory limit' }
    : { kind: 'number', values, tolerance };
}

/**
 * What counts against the limit without anything held: as the lab began, and where it was least. A process that held much
 * before gives its pages back by and by only.
 */
function idleUses_bytes(samples: readonly Sample[]): number[] {
  const uses = samples.flatMap(({ used_bytes }) => (used_bytes == null ? [] : [used_bytes]));
  const [first] = uses;
  return first === undefined ? [] : [first, Math.min(...uses)];
}

/** The median over the seconds in which there was traffic. */
function usualRate_perSecond(samples: readonly Sample[]): number | undefined {
  const rates = samples.slice(1).flatMap((sample, index) => {
    const before = samples[index] as Sample;
    const seconds = sample.time_seconds - before.time_seconds;
    const rate = ((sample.requests_total ?? 0) - (before.requests_total ?? 0)) / seconds;
    return sample.process === before.process && rate > 5 ? [rate] : [];
  });
  return rates.toSorted((a, b) => a - b)[rates.length >> 1];
}
