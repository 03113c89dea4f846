import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options?: { type: 'major'; flavor: 'last-resort' }) => void;

let collect: Collect | undefined;

/**
 * Collects all garbage now and waits until what it held outside the heap is given back too:
 * buffers are freed by finalizers in a later turn of the loop, hence the second pass.
 *
 * Whoever asks for it measures. V8 drops code that was not run for half a minute, some 5 MB after the start, in a collection
 * of its choice: they would be found missing in the middle of the measurement, so from here on it keeps its code.
 */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--no-flush-bytecode');
  for (let pass = 0; pass < 2; pass++) {
    collectNow();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Collects all garbage before it returns. What is outside the heap is given back later. */
export function collectNow(): void {
  collect ??= exposeGc();
  collect();
}

/** As V8 collects when memory has run out: empty pages go back to the system, too. What a snapshot does first. */
export function collectAsLastResort(): void {
  collect ??= exposeGc();
  collect({ type: 'major', flavor: 'last-resort' });
}

/** V8 hands out `gc` to contexts made after the flag is set, so no flag is needed on the command line. */
function exposeGc(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
