import { judgeCurve, judgeSockets } from '../judge/judge-curve.ts';
import type { Judgement } from '../judge/judgement.ts';
import type { VerdictOptions } from '../judge/options.ts';
import { finiteOrNull, positionOf } from '../samples/counters.ts';
import { type Curve, curveOf } from '../samples/curve.ts';
import type { Life } from '../samples/lives.ts';
import type { Kind } from '../samples/memories.ts';
import { garbageOf } from './garbage.ts';
import { limitOf, usedOf } from './limits.ts';

/** One life, each kind of memory judged by itself. */
export interface JudgedLife {
  readonly life: Life;
  readonly main: Judgement | null;
  readonly judgements: readonly Judgement[];
  readonly curves: readonly Curve[];
  readonly garbage_bytes: number | null;
}

const cacheWithoutLimit_bytes = 64 * 2 ** 20;
const cacheOfLimit = 0.5;
const leastOfLimit = 0.1;

/** Judges heap and external memory, what is beside them, and another server; resident memory where no heap is known. */
export function judgeLife(life: Life, options: VerdictOptions): JudgedLife {
  const held = curveOf(life, 'held');
  const kinds: readonly Kind[] =
    held === null ? ['resident', 'remote'] : ['held', 'beside the heap', 'remote'];
  const curves = kinds.map((kind) => curveOf(life, kind)).filter((curve) => curve !== null);
  const ofMemory = curves.map((curve) => judgeCurve(curve, options, cacheRoom(life, curve.kind, options)));
  const sockets = socketCurve(life);
  const judgements = sockets === null ? ofMemory : [...ofMemory, judgeSockets(sockets)];
  const [first] = curves;
  return {
    life,
    main: leading(judgements),
    judgements,
    curves,
    garbage_bytes: first === undefined ? null : garbageOf(life, first),
  };
}

/** What is most worth telling: growth, of memory before sockets; then what cannot be told; then what is flat. */
function leading(judgements: readonly Judgement[]): Judgement | null {
  const growing = judgements.filter(({ course }) => course === 'grows');
  const bytes = growing.filter(({ kind }) => kind !== 'sockets');
  const most = bytes.toSorted((one, other) => other.grown - one.grown)[0] ?? growing[0];
  return most ?? mostOpen(judgements.filter(isOpen)) ?? judgements[0] ?? null;
}

/** Of what cannot be told: another server's memory has no garbage, so where that grew, doubts about the heap are worth less. */
function mostOpen(open: readonly Judgement[]): Judgement | undefined {
  return open.find(({ kind, rate }) => kind === 'remote' && rate !== null && rate.low > 0) ?? open[0];
}

/** Unclear; beside the heap, where memory is never given back, only growth that is plain to see is worth a doubt. */
function isOpen({ kind, course, rate, rate_before, grown }: Judgement): boolean {
  if (course !== 'unclear') return false;
  if (kind === 'sockets') return false;
  if (kind !== 'beside the heap') return true;
  const steady =
    rate !== null && rate_before !== null && rate.low > 0 && rate.value > 0.5 * rate_before.value;
  return steady && rate_before.low > 0 && grown > 8 * 2 ** 20;
}

function cacheRoom(life: Life, kind: Kind, { cache_bytes }: VerdictOptions): (equalLoads: boolean) => number {
  const [first] = life;
  const limit = limitOf(first, kind);
  const upToHalf = (limit_bytes: number): number =>
    Math.max(leastOfLimit * limit_bytes, cacheOfLimit * limit_bytes - (usedOf(first, kind) ?? 0));
  return (equalLoads) => {
    if (cache_bytes !== undefined) return cache_bytes;
    if (equalLoads) return 0;
    return limit === null ? cacheWithoutLimit_bytes : upToHalf(limit);
  };
}

function socketCurve(life: Life): Curve | null {
  const counted = life.filter(
    ({ open_sockets, phase }) => finiteOrNull(open_sockets) !== null && phase !== 'warm-up',
  );
  if (counted.length < 8) return null;
  const step = Math.max(1, Math.ceil(counted.length / 240));
  const points = counted
    .filter((_, index) => index % step === 0 || index === counted.length - 1)
    .map((sample) => ({
      at: positionOf(sample),
      bytes: finiteOrNull(sample.open_sockets) as number,
      phase: sample.phase ?? null,
    }));
  return { kind: 'held', cleaning: 'collected', points };
}
