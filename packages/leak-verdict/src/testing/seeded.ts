/** Random numbers that are the same for the same seed. */
export interface Seeded {
  /** From 0 to 1. */
  next(): number;
  between(low: number, high: number): number;
  /** As often near 1 as near 1,000 for 1 to 1,000. */
  scale(low: number, high: number): number;
  whole(low: number, high: number): number;
  normal(deviation: number): number;
  chance(share: number): boolean;
}

/** By mulberry32. */
export function seeded(seed: number): Seeded {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    scale: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    whole: (low, high) => Math.floor(between(low, high + 1)),
    normal: (deviation) => deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (share) => next() < share,
  };
}
