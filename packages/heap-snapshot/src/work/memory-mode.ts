import type { WorkOptions } from '../types.ts';

/** What working on files side by side takes, for each byte of them, and besides. Measured; see docs/adr. */
const perFileByte = 0.85;
const besides_bytes = 110 * 2 ** 20;

/** Whether to work on files one after the other: asked for, or because memory would be short. */
export function worksOneByOne(
  memory: WorkOptions['memory'],
  sizes_bytes: readonly number[],
  available_bytes: number = process.availableMemory(),
): boolean {
  if (memory === 'low') return true;
  if (memory === 'fast' || sizes_bytes.length < 2) return false;
  const need_bytes = besides_bytes + perFileByte * sizes_bytes.reduce((sum, size) => sum + size, 0);
  return need_bytes > available_bytes;
}
