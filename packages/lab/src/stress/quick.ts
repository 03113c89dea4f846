import { setTimeout as pause } from 'node:timers/promises';
import { type QuickTest, quickTest } from '@leak-lab/leak-verdict';
import { failuresInWords } from './counts.ts';
import { nextReading } from './dogged-reading.ts';
import { type MemoryReader, memoryHeld } from './memory-reader.ts';
import { refused } from './refused.ts';
import type { Sender } from './sender.ts';

/** Sent first, so that what a server makes for its first requests is not counted with the one: as many, or for so long. */
const warmUp = { requests: 2_000, seconds: 4, at_once: 50 };
const more = 10;
const readings = 5;
const apart_ms = 100;

/**
 * The guide's quick test: one request, then ten more, and whether memory grows ten times as much. Throws a `LabError`
 * where the requests do not succeed, `NoReading` where memory cannot be read.
 */
export async function runQuickTest(
  reader: MemoryReader,
  sender: Sender,
  signal: AbortSignal | undefined,
): Promise<QuickTest> {
  const until_ms = performance.now() + warmUp.seconds * 1000;
  while (sender.counts.requests < warmUp.requests && performance.now() < until_ms && !signal?.aborted) {
    await send(sender, warmUp.at_once);
  }
  const before_bytes = await heldNow(reader, signal);
  await send(sender, 1);
  const afterOne_bytes = await heldNow(reader, signal);
  await send(sender, more);
  return quickTest({ before_bytes, afterOne_bytes, afterTenMore_bytes: await heldNow(reader, signal) });
}

async function send(sender: Sender, amount: number): Promise<void> {
  const { failed } = sender.counts;
  await sender.send(amount);
  sender.close();
  if (sender.counts.failed === failed) return;
  throw refused({
    problem: 'The quick test needs every request to succeed.',
    expected: 'answers with a status from 200 to 299',
    came: failuresInWords(sender.counts),
    advice: 'look at the URL, the method and the payload; a whole run counts failures apart',
  });
}

/**
 * The least of some readings, garbage collected before each where the target can: what the requests before left to be
 * tidied away, and what a reading itself takes, comes on top of what is held.
 */
async function heldNow(reader: MemoryReader, signal: AbortSignal | undefined): Promise<number> {
  let least_bytes = Number.POSITIVE_INFINITY;
  for (let count = 0; count < readings; count += 1) {
    await pause(apart_ms, undefined, signal && { signal });
    const reading = await nextReading(reader, { collects: reader.collect !== undefined, signal });
    least_bytes = Math.min(least_bytes, memoryHeld(reading) ?? Number.NaN);
  }
  return least_bytes;
}
