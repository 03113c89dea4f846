import { setTimeout as wait } from 'node:timers/promises';
import type { HeapProfile } from './protocol.ts';
import type { HeapSampler } from './sampler.ts';
import { StackSums } from './stack-sums.ts';
import type { AllocatedStack } from './v8-profile.ts';

/**
 * V8 keeps every sample of what is dead until sampling ends, 100,000 a minute under full load. So a recording is made of
 * pieces no longer than this, and each is summed up when it ends.
 */
const piece_seconds = 10;

/** What was allocated in a span, alive or not. */
export interface Recording {
  readonly began_at: Date;
  /** As long as it was in the end. */
  readonly seconds: number;
  readonly stacks: readonly AllocatedStack[];
}

/** Records until `seconds` are over or `signal` ends it; never rejects. The sampler samples nothing afterwards. */
export async function record(
  sampler: HeapSampler,
  seconds: number,
  sumUp: (profile: HeapProfile) => Iterable<AllocatedStack>,
  signal: AbortSignal,
): Promise<Recording> {
  const sums = new StackSums();
  const began_at = new Date();
  const began_ms = performance.now();
  const elapsed = () => (performance.now() - began_ms) / 1000;
  while (!signal.aborted && elapsed() < seconds) {
    sampler.start('all');
    const piece_ms = Math.min(piece_seconds, seconds - elapsed()) * 1000;
    await wait(piece_ms, undefined, { signal }).catch(() => undefined);
    const profile = sampler.stop();
    if (profile) sums.add(sumUp(profile));
  }
  return { began_at, seconds: elapsed(), stacks: sums.stacks };
}
