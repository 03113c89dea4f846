/** V8 aligns what it allocates to this. */
const alignment_bytes = 8;
const smallestObject_bytes = 16;

/** Samples of more sizes than this are counted again each time instead of remembered. */
const mostRemembered = 10_000;

/**
 * Estimates how many objects a sample stands for. V8 multiplies the size of the object it met by the inverse of the chance to
 * meet it, rounded, and its protocol tells only the product: so the sizes are looked for of which this is the product.
 * Mostly there are several, so that one sample's count is off by 40 %, and by more above 1 KB. Bytes need none of this.
 */
export function sampleCounter(interval_bytes: number): (scaled_bytes: number) => number {
  const remembered = new Map<number, number>();
  return (scaled_bytes) => {
    const known = remembered.get(scaled_bytes);
    if (known !== undefined) return known;
    const count = findCount(scaled_bytes, interval_bytes);
    if (remembered.size < mostRemembered) remembered.set(scaled_bytes, count);
    return count;
  };
}

/** How many objects of `size_bytes` V8 takes one sampled one for. */
export const objectsPerSample = (size_bytes: number, interval_bytes: number): number =>
  Math.floor(1 / (1 - Math.exp(-size_bytes / interval_bytes)) + 0.5);

function findCount(scaled_bytes: number, interval_bytes: number): number {
  let weights = 0;
  let weighted = 0;
  for (let size_bytes = smallestObject_bytes; size_bytes <= scaled_bytes; size_bytes += alignment_bytes) {
    if (scaled_bytes % size_bytes !== 0) continue;
    const count = scaled_bytes / size_bytes;
    if (objectsPerSample(size_bytes, interval_bytes) !== count) continue;
    // The weight with which counts come out right on average over objects of 16 bytes to 1 KB, small ones being common.
    const weight = 1 / Math.sqrt(size_bytes);
    weights += weight;
    weighted += weight * count;
  }
  return weights === 0 ? 1 : Math.round(weighted / weights);
}
