/**
 * Gives the memory of arrays back at once, where the collector of garbage would do so some time later: what one
 * step needs no more is what the next one takes.
 */
export function release(...arrays: readonly (ArrayBufferView<ArrayBuffer> | undefined)[]): void {
  for (const array of arrays) array?.buffer.transfer(0);
}
