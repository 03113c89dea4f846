import type { DecodedFile } from './decoded-file.ts';
import type { NumberIndex } from './numbers.ts';
import { block_bytes, blockAt, type Scanner } from './scanner.ts';

/** Room for a record that began before a block. */
const ahead = 128;

/**
 * Reads one field of some records once more, by their ordinals, which must ascend. Only the runs of the array they
 * lie in are read.
 * What happens to the file in between is for {@link DecodedFile.checkUnchanged} to tell.
 */
export function readAgain(
  file: DecodedFile,
  scanner: Scanner,
  { firsts, offsets }: NumberIndex,
  wanted: ArrayLike<number>,
  fieldCount: number,
  fieldAt: number,
  onNumber: (at: number, value: number) => void,
): void {
  const { bytes, out } = scanner;
  const start = blockAt - ahead;
  let run = -1;
  let runEnd = 0;
  for (let at = 0; at < wanted.length; at++) {
    const index = (wanted[at] as number) * fieldCount + fieldAt;
    if (run === -1 || index >= runEnd) {
      run = runWith(firsts, index, run + 1);
      runEnd = firsts[run + 1] ?? Number.POSITIVE_INFINITY;
      const offset = offsets[run] as number;
      const next = offsets[run + 1] ?? offset + block_bytes + ahead;
      const whole_bytes = Math.min(next - offset, block_bytes + ahead);
      // Rarely all of a run is wanted. Its numbers are of much the same length; where that errs the whole is read.
      const count = runEnd - (firsts[run] as number);
      const needed = lastWanted(wanted, at, fieldCount, fieldAt, runEnd) - (firsts[run] as number) + 2;
      const part = Number.isFinite(count) ? Math.min(1, (1.05 * needed + 64) / count) : 1;
      let part_bytes = Math.ceil(part * whole_bytes);
      for (;;) {
        const length = file.read(bytes.subarray(start, start + part_bytes), offset);
        scanner.sealAt(start + length);
        scanner.numbers(start, start, start + length, 0);
        if (part_bytes === whole_bytes || scanner.written >= needed) break;
        part_bytes = whole_bytes;
      }
    }
    onNumber(at, out[index - (firsts[run] as number)] as number);
  }
}

/** The greatest wanted index below `end`, from `at` on. */
function lastWanted(
  wanted: ArrayLike<number>,
  at: number,
  fieldCount: number,
  fieldAt: number,
  end: number,
): number {
  let last = at;
  while (last + 1 < wanted.length && (wanted[last + 1] as number) * fieldCount + fieldAt < end) last++;
  return (wanted[last] as number) * fieldCount + fieldAt;
}

function runWith(firsts: readonly number[], index: number, from: number): number {
  let low = from;
  let high = firsts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((firsts[middle] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
