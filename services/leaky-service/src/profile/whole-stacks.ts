import { setFlagsFromString } from 'node:v8';

/**
 * The stack of a sample shows no function that was inlined into its caller: once code is hot, what it allocates is laid at
 * the caller's door. So only the smallest functions may be inlined, as V8 counts the size of bytecode, bytes.
 */
const smallestFunctions_bytes = 30;

/** Keeps functions on the stack, from now on: call it before code gets hot. */
export function keepStacksWhole(): void {
  for (const compiler of ['', 'maglev-']) {
    setFlagsFromString(`--max-${compiler}inlined-bytecode-size=${smallestFunctions_bytes}`);
  }
}
