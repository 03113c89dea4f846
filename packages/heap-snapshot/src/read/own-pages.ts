/**
 * Memory in pages of its own, all 0. It can grow where it is, without a copy, up to `most_bytes`, and takes no more than
 * is written to. All of it is given back by `release`: the allocator would keep what a list of numbers outgrew.
 */
export function ownPages(most_bytes: number, length_bytes: number = most_bytes): ArrayBuffer {
  return new ArrayBuffer(length_bytes, { maxByteLength: most_bytes });
}

/** Lets memory of {@link ownPages} grow to `needed_bytes` at least, mostly to twice of what it was. */
export function growPages(buffer: ArrayBuffer, needed_bytes: number): void {
  const length_bytes = Math.max(needed_bytes, 2 * buffer.byteLength);
  buffer.resize(Math.min(length_bytes, buffer.maxByteLength));
}
