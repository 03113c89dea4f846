import type { Estimate } from '../../../src/api/contract.ts';
import { formatBytes, gap } from './bytes.ts';
import { formatSeconds } from './duration.ts';

/** The interval in words as short as may be: "36–49 s", or both units where they differ; `null` where it says nothing. */
export function formatInterval(estimate: Estimate, format: (value: number) => string): string | null {
  if (!Number.isFinite(estimate.low) || !Number.isFinite(estimate.high)) return null;
  const low = format(estimate.low);
  const high = format(estimate.high);
  if (low === high) return null;
  const [lowNumber, lowUnit] = split(low);
  const [highNumber, highUnit] = split(high);
  return lowUnit === highUnit && lowUnit !== ''
    ? `${lowNumber}\u2013${highNumber}${gap}${highUnit}`
    : `${low} \u2013 ${high}`;
}

/** "16.2 KB". */
export const bytesText = (value: number): string => formatBytes(value);

/** "41 s". */
export const secondsText = (value: number): string => formatSeconds(value);

/** "3.1" and "MB" of "3.1 MB"; an empty unit where there are several ("3 min 05 s"). */
function split(text: string): [string, string] {
  const parts = text.split(gap);
  return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : [text, ''];
}
