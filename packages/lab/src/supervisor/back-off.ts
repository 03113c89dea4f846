/** A life this long shows that starting works: the next pause is the shortest again. */
export const settled_seconds = 10;

const first_ms = 500;
const longest_ms = 15_000;

/**
 * How long to wait before the next start: half a second, doubled with each life that ended before
 * it was settled, up to 15 s.
 */
export function pauseBeforeStart_ms(short_lives: number): number {
  return Math.min(longest_ms, first_ms * 2 ** Math.max(0, short_lives));
}
