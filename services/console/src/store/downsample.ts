/** A row of a series: the time first (ms), then one value for each column. */
export type SeriesRow = (number | null)[];

export interface Downsampled {
  readonly rows: readonly SeriesRow[];
  readonly step_seconds: number;
}

/** Rows further apart than this many steps have a gap between them. */
const gapSteps = 2.5;

/**
 * Thins rows out to at most `points`, so that no peak is lost: of each span of time it keeps, for each column by
 * itself, the lowest and the highest value, in the order they came. Where nothing was recorded for a while, one row
 * of nulls stands. `rows` are in order of time, about `step_ms` apart.
 */
export function downsample(
  rows: readonly SeriesRow[],
  from_ms: number,
  to_ms: number,
  points: number,
  step_ms: number,
): Downsampled {
  const whole = withGaps(rows, gapSteps * step_ms, step_ms);
  if (whole.length <= points) return { rows: whole, step_seconds: step_ms / 1000 };
  const buckets = Math.max(1, points >> 1);
  // Whole steps, and never so short that a reading that comes late leaves a bucket empty.
  const width_ms = Math.max(4, Math.ceil((to_ms - from_ms + 1) / buckets / step_ms)) * step_ms;
  const thinned = thin(rows, from_ms, width_ms);
  return { rows: withGaps(thinned, gapSteps * (width_ms / 2), width_ms / 2), step_seconds: width_ms / 2000 };
}

function thin(rows: readonly SeriesRow[], from_ms: number, width_ms: number): SeriesRow[] {
  const kept: SeriesRow[] = [];
  let begin = 0;
  while (begin < rows.length) {
    const bucket = bucketOf(rows[begin], from_ms, width_ms);
    let end = begin + 1;
    while (end < rows.length && bucketOf(rows[end], from_ms, width_ms) === bucket) end += 1;
    kept.push(...extremes(rows, begin, end, from_ms + bucket * width_ms, width_ms));
    begin = end;
  }
  return kept;
}

const bucketOf = (row: SeriesRow | undefined, from_ms: number, width_ms: number): number =>
  Math.floor(((row?.[0] ?? 0) - from_ms) / width_ms);

/** Two rows that stand for those from `begin` to `end`: of each column its lowest and its highest value. */
function extremes(
  rows: readonly SeriesRow[],
  begin: number,
  end: number,
  start_ms: number,
  width_ms: number,
): [SeriesRow, SeriesRow] {
  const first: SeriesRow = [Math.round(start_ms + width_ms / 4)];
  const second: SeriesRow = [Math.round(start_ms + (width_ms * 3) / 4)];
  const columns = rows[begin]?.length ?? 0;
  for (let column = 1; column < columns; column += 1) {
    let low = -1;
    let high = -1;
    for (let index = begin; index < end; index += 1) {
      const value = rows[index]?.[column] ?? null;
      if (value === null) continue;
      if (low < 0 || value < Number(rows[low]?.[column])) low = index;
      if (high < 0 || value > Number(rows[high]?.[column])) high = index;
    }
    first.push(rows[Math.min(low, high)]?.[column] ?? null);
    second.push(rows[Math.max(low, high)]?.[column] ?? null);
  }
  return [first, second];
}

function withGaps(rows: readonly SeriesRow[], gap_ms: number, step_ms: number): SeriesRow[] {
  const whole: SeriesRow[] = [];
  let last_ms: number | undefined;
  for (const row of rows) {
    const time_ms = row[0] ?? 0;
    if (last_ms !== undefined && time_ms - last_ms > gap_ms) {
      whole.push([Math.round(last_ms + step_ms), ...row.slice(1).map(() => null)]);
    }
    whole.push(row);
    last_ms = time_ms;
  }
  return whole;
}
