/** The server's allocator (jemalloc) hands out four sizes for each doubling: a little more than one of them costs the next. */
const stepsPerDoubling = 4;

/** What a string's header takes of it at most, bytes. */
const header_bytes = 24;

/** The length at which a value takes about `size_bytes` of the server's memory and wastes none of what it takes. */
export function valueThatFits(size_bytes: number): number {
  const step_bytes = 2 ** Math.floor(Math.log2(size_bytes)) / stepsPerDoubling;
  return Math.round(size_bytes / step_bytes) * step_bytes - header_bytes;
}
