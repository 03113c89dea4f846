import { formatMegabytes } from '../text/bytes.ts';
import { formatSeconds } from '../text/duration.ts';

export interface LiveFigures {
  readonly answered: number;
  /** Since the last line. */
  readonly rate_per_second: number;
  readonly of: 'memory' | 'heap';
  readonly used_bytes: number | undefined;
  readonly limit_bytes: number | undefined;
  readonly seconds_left: number | undefined;
}

/** So that the whole line fits a terminal of 80 columns. */
const bar_cells = 8;

/** The one line that says how the load goes. */
export function liveLine({
  answered,
  rate_per_second,
  of,
  used_bytes,
  limit_bytes,
  seconds_left,
}: LiveFigures): string {
  const requests = `${answered.toLocaleString('en')} requests  ${Math.round(rate_per_second)}/s`;
  if (used_bytes === undefined) return `${requests}  the service does not answer`;
  if (limit_bytes === undefined) return `${requests}  memory ${formatMegabytes(used_bytes)} (no limit known)`;
  const share = Math.min(1, used_bytes / limit_bytes);
  const filled = Math.round(share * bar_cells);
  const bar = '█'.repeat(filled) + '░'.repeat(bar_cells - filled);
  const left = seconds_left === undefined ? '—' : `~${formatSeconds(seconds_left)}`;
  const memory = `${of === 'heap' ? 'heap ' : ''}${formatMegabytes(used_bytes)} of ${formatMegabytes(limit_bytes)} ${Math.round(share * 100)} %`;
  return `${requests}  ${bar} ${memory}  left ${left}`;
}
