/**
 * Gives the memory of arrays back at once, where the collector of garbage would do so some time later: what one
 * step needs no more is what the next one takes. What threads share stays until all of them are done with it.
 */
export function release(...arrays: readonly (ArrayBufferView | undefined)[]): void {
  for (const array of arrays) if (array?.buffer instanceof ArrayBuffer) array.buffer.transferToFixedLength(0);
}
