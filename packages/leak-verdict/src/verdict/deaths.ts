import type { VerdictOptions } from '../judge/options.ts';
import { finiteOrNull } from '../samples/counters.ts';
import type { Life } from '../samples/lives.ts';
import type { Sample } from '../samples/sample.ts';
import type { Death } from './verdict.ts';

/** A process that was this full at its last reading and is gone was killed. */
const full = 0.8;

/** How each life but the last ended, and the last where it is told that it did. */
export function deathsOf(lives: readonly Life[], options: VerdictOptions): Death[] {
  const gone = lives.filter((life) => life !== lives.at(-1) || toldOf(life, lives, options) !== undefined);
  return gone.map((life) => {
    const last = life.at(-1) as Sample;
    const [used_bytes, limit_bytes] = [usedBytes(last), finiteOrNull(last.limit_bytes)];
    const wasFull = used_bytes !== null && limit_bytes !== null && used_bytes >= full * limit_bytes;
    const told = toldOf(life, lives, options);
    return {
      time_seconds: last.time_seconds,
      killed: told === undefined || told === 'unknown' ? wasFull : told === 'killed',
      used_bytes,
      limit_bytes,
      requests: difference(life, ({ requests_total }) => requests_total),
    };
  });
}

function toldOf(
  life: Life,
  lives: readonly Life[],
  { ended, endings }: VerdictOptions,
): VerdictOptions['ended'] {
  const process = (life.at(-1) as Sample).process ?? null;
  const named = process === null ? undefined : endings?.get(process);
  return named ?? (life === lives.at(-1) ? ended : undefined);
}

/** What counts against the limit, as near as it was read; `null` where nothing was. */
export function usedBytes(
  sample: Pick<Sample, 'used_bytes' | 'resident_bytes' | 'heap_bytes' | 'external_bytes'>,
): number | null {
  const { used_bytes, resident_bytes, heap_bytes, external_bytes } = sample;
  const known = finiteOrNull(used_bytes) ?? finiteOrNull(resident_bytes);
  const heap = finiteOrNull(heap_bytes);
  return known ?? (heap === null ? null : heap + (finiteOrNull(external_bytes) ?? 0));
}

/** By how much a counter went up over a life; `null` where it was not read. */
export function difference(life: Life, read: (sample: Sample) => number | null | undefined): number | null {
  const values = life.map((sample) => finiteOrNull(read(sample))).filter((value) => value !== null);
  const [first, last] = [values[0], values.at(-1)];
  return first === undefined || last === undefined ? null : last - first;
}
