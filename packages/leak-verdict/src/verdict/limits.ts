import type { Judgement } from '../judge/judgement.ts';
import { finiteOrNull } from '../samples/counters.ts';
import type { Sample } from '../samples/sample.ts';
import { usedBytes } from './deaths.ts';

/** The limit that a kind of memory meets, bytes; another server has its own. `null` where none is known. */
export const limitOf = (sample: Sample, kind: Judgement['kind']): number | null =>
  finiteOrNull(kind === 'remote' ? sample.remote_limit_bytes : sample.limit_bytes);

/** What counts against that limit, bytes. */
export const usedOf = (sample: Sample, kind: Judgement['kind']): number | null =>
  kind === 'remote' ? finiteOrNull(sample.remote_bytes) : usedBytes(sample);
