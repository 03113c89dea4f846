import { mock } from 'node:test';
import type { Feature } from '../../../services/leaky-service/src/features/feature.ts';
import { type Bench, entry_bytes, type Question } from './bench.ts';

/** Enough that a generous bound is reached in the first round. */
const requests = 10_000;
/** As far apart as at 200 requests a second: what is kept for half a minute is gone by the second round. */
const apart_ms = 5;
const together = 50;
/** What may be kept of what was made in the second round: more is no noise. */
const most_share = 0.05;

/**
 * What is still kept of requests when all are answered, in a second round of equal length: in words, where it is more than noise.
 * Clocks and timers go as fast as the requests, so that what is good for a while has its time.
 */
export async function keptOf(
  bench: Bench<Feature>,
  question: (number: number) => Question,
): Promise<string | undefined> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() });
  try {
    await round(bench, question, 0);
    const before = held_bytes();
    await round(bench, question, requests);
    const made_bytes = requests * entry_bytes;
    const share = (held_bytes() - before) / made_bytes;
    if (share <= most_share) return undefined;
    return `of ${requests.toLocaleString('en')} more requests ${Math.round(share * 100)} % of what was made for them was still held when all were answered`;
  } finally {
    mock.timers.reset();
  }
}

async function round(
  bench: Bench<Feature>,
  question: (number: number) => Question,
  from: number,
): Promise<void> {
  for (let number = from; number < from + requests; number += together) {
    const asked = Array.from({ length: together }, (_, at) => {
      mock.timers.tick(apart_ms);
      return bench.begin({ receivedAt: Date.now(), ...question(number + at) });
    });
    await Promise.all(asked.map((one) => one.answer()));
    // Turns of the loop, as between requests: weak references last until one is over.
    await new Promise((resolve) => setImmediate(resolve));
  }
  mock.timers.tick(1_000);
}

function held_bytes(): number {
  for (let pass = 0; pass < 2; pass++) (globalThis.gc as () => void)();
  return process.memoryUsage().heapUsed;
}
