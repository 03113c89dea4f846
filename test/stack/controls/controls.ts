import { setFlagsFromString } from 'node:v8';

/** What a healthy service may do with memory, and what an alert must not take for a leak. */

/** Does something for a request. */
export type Control = () => void;

/** A cache with as many keys as there are things to ask for: it fills, then it stays. */
function warmCache(): Control {
  const [keys, entry_bytes] = [1_900, 16_384];
  const pages = new Map<number, readonly object[]>();
  return () => {
    const key = Math.floor(Math.random() * keys);
    if (!pages.has(key)) pages.set(key, records(entry_bytes));
  };
}

/**
 * Work whose results are held for a quarter of a second and then dropped. V8 is told to let garbage pile up to twelve times
 * of what is alive, as it does in a container with room to spare: a sawtooth to 80 % of the limit and back.
 */
function churn(): Control {
  setFlagsFromString('--heap-growing-percent=1100');
  let held: (readonly object[])[] = [];
  return () => {
    held.push(records(65_536));
    if (held.length > 50) held = [];
  };
}

export const controls: Readonly<Record<string, () => Control>> = {
  none: () => () => undefined,
  'warm-cache': warmCache,
  churn,
};

/** Small things of about so many bytes together. */
function records(size_bytes: number): readonly object[] {
  return Array.from({ length: Math.round(size_bytes / 64) }, (_, id) => ({
    id,
    price: id * 1.5,
    at: id / 3,
  }));
}
