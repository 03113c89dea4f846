import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';

/**
 * What a healthy service still takes for its first requests is no growth: all code runs for the first time, and is compiled. With
 * telemetry it was some 250 KB from the 1,200th request to the 2,500th, and 40 to 60 KB from there to the 3,700th.
 */
export const warmUp_requests = 2_000;

/** The samples from one moment to another. */
export const samplesBetween = ({ samples }: Evidence, from_ms: number, to_ms: number): readonly Sample[] =>
  samples.filter(({ time_seconds }) => time_seconds * 1000 >= from_ms && time_seconds * 1000 <= to_ms);

/** The samples since it began to happen; of the whole lab where nothing does. */
export const samplesSinceOnset = (evidence: Evidence): readonly Sample[] =>
  samplesBetween(evidence, Math.max(evidence.begun_ms, evidence.onset_ms ?? 0), evidence.now_ms);

/** Requests that the service answered from one moment to another, over all its lives. */
export function requestsBetween(evidence: Evidence, from_ms: number, to_ms: number): number {
  return requestsIn(samplesBetween(evidence, from_ms, to_ms));
}

/** Requests that came from the first sample to the last; a counter that fell began anew. */
export function requestsIn(samples: readonly Sample[]): number {
  return samples.slice(1).reduce((sum, sample, index) => {
    const before = samples[index] as Sample;
    const [now, then] = [sample.requests_total ?? 0, before.requests_total ?? 0];
    return sum + (sample.process === before.process ? Math.max(0, now - then) : 0);
  }, 0);
}

/** A stretch of time in which at most so few requests a second came. */
export interface Pause {
  readonly from_ms: number;
  readonly to_ms: number;
}

/** Stretches of at least `seconds` without load: whoever reads the service asks something too. */
export function pausesIn(samples: readonly Sample[], seconds: number, most_perSecond = 5): Pause[] {
  const pauses: Pause[] = [];
  let from: Sample | undefined;
  let last: Sample | undefined;
  const close = () => {
    if (from && last && last.time_seconds - from.time_seconds >= seconds)
      pauses.push({ from_ms: from.time_seconds * 1000, to_ms: last.time_seconds * 1000 });
    from = undefined;
  };
  for (const sample of samples) {
    const step = last === undefined ? undefined : sample.time_seconds - last.time_seconds;
    const quiet =
      step !== undefined &&
      last?.process === sample.process &&
      (sample.requests_total ?? 0) - (last?.requests_total ?? 0) <= most_perSecond * Math.max(1, step);
    if (quiet) from ??= last;
    else close();
    last = sample;
  }
  close();
  return pauses;
}
