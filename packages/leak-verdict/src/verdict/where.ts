import type { Judgement } from '../judge/judgement.ts';
import { finiteOrNull } from '../samples/counters.ts';
import { curveOf } from '../samples/curve.ts';
import type { Life } from '../samples/lives.ts';
import type { Sample } from '../samples/sample.ts';
import { theilSen } from '../statistics/theil-sen.ts';
import type { Where } from './verdict.ts';

/** In which memory the growth of `main` is; sockets go first where their number grows with it. */
export function whereOf(life: Life, main: Judgement, judgements: readonly Judgement[]): Where {
  if (judgements.some(({ kind, course }) => kind === 'sockets' && course === 'grows')) return 'sockets';
  if (main.kind === 'remote') return 'another server';
  if (main.kind !== 'held') return 'resident';
  const without = (external: boolean): number => {
    const curve = curveOf(
      life.map((sample) => (external ? onlyExternal(sample) : onlyHeap(sample))) as never,
      'held',
    );
    const points = curve?.points.flatMap(({ at, bytes }) => {
      const x = at[main.unit];
      return x === null ? [] : [{ x, y: bytes }];
    });
    return theilSen(points ?? [])?.value ?? 0;
  };
  return without(true) > without(false) ? 'external' : 'heap';
}

const onlyHeap = (sample: Sample): Sample => ({ ...sample, external_bytes: 0, external_after_gc_bytes: 0 });

function onlyExternal(sample: Sample): Sample {
  return {
    ...sample,
    heap_bytes: finiteOrNull(sample.external_bytes),
    external_bytes: 0,
    heap_after_gc_bytes: finiteOrNull(sample.external_after_gc_bytes),
    external_after_gc_bytes: 0,
  };
}
