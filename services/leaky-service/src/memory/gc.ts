import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Collects all garbage now and waits until what it held outside the heap is given back too:
 * buffers are freed by finalizers in a later turn of the loop, hence the second pass.
 */
export async function collectGarbage(): Promise<void> {
  collect ??= exposeGc();
  for (let pass = 0; pass < 2; pass++) {
    collect();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** V8 hands out `gc` to contexts made after the flag is set, so no flag is needed on the command line. */
function exposeGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
