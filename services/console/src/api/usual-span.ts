/** How far back is looked where nobody says: a quarter of an hour. */
export const usualSpan_ms = 15 * 60_000;
