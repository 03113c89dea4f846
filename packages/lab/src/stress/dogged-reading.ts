import { setTimeout as pause } from 'node:timers/promises';
import { type MemoryReader, NoReading, type Reading } from './memory-reader.ts';

const again_ms = 200;

/** The first reading; nobody has answered yet, so one that fails is told at once. Throws {@link NoReading}. */
export function firstReading(reader: MemoryReader, signal: AbortSignal | undefined): Promise<Reading> {
  signal?.throwIfAborted();
  return reader.read();
}

/**
 * The next reading, garbage collected before it where `collects`; tried again as long as the reader has patience, since
 * a target may be busy, or be started again by somebody. Throws {@link NoReading}.
 */
export async function nextReading(
  reader: MemoryReader,
  { collects, signal }: { readonly collects: boolean; readonly signal: AbortSignal | undefined },
): Promise<Reading> {
  const until_ms = performance.now() + reader.patience_seconds * 1000;
  for (;;) {
    try {
      if (collects) await reader.collect?.();
      return await reader.read();
    } catch (thrown) {
      const isFinal = !(thrown instanceof NoReading) || thrown.gone || signal?.aborted === true;
      if (isFinal || performance.now() >= until_ms) throw thrown;
      await pause(again_ms);
    }
  }
}
