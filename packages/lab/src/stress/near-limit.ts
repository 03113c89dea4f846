import { usedBytes } from '@leak-lab/leak-verdict';
import type { Reading } from './memory-reader.ts';

const near = 0.6;
const step = 0.04;

/** Whether memory is well on its way to the limit, and has grown since `before`: what is read now may be the last. */
export function nearsLimit(before: Reading, now: Reading): boolean {
  const [then, used, limit] = [usedBytes(before), usedBytes(now), now.limit_bytes];
  if (then === null || used === null || typeof limit !== 'number') return false;
  return used > near * limit && used - then > step * limit;
}
