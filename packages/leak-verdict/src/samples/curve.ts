import { finiteOrNull, type Position, positionOf } from './counters.ts';
import { floorsOf } from './floor.ts';
import type { Life } from './lives.ts';
import { type Kind, rawBytes, toldBytes } from './memories.ts';
import type { Phase, Sample } from './sample.ts';

/** What memory held at one moment, garbage apart. */
export interface CurvePoint {
  readonly at: Position;
  readonly bytes: number;
  readonly phase: Phase | null;
}

/** How garbage was kept out of a curve. */
export type Cleaning = 'collected' | 'told by the runtime' | 'floor of the sawtooth';

export interface Curve {
  readonly kind: Kind;
  readonly cleaning: Cleaning;
  readonly points: readonly CurvePoint[];
}

/** More points make slopes slower, not better. */
const mostPoints = 240;
const fewestTold = 24;

/**
 * What a kind of memory held over one life: by readings after a forced collection where there are any, else by what the
 * runtime tells after its own, else by the floor of the sawtooth. `null` where it was not read. Phases `warm-up` are left out.
 */
export function curveOf(life: Life, kind: Kind): Curve | null {
  const judged = life.filter((sample) => sample.phase !== 'warm-up' && rawBytes(sample, kind) !== null);
  if (judged.length === 0) return null;
  const raw = (sample: Sample): number => rawBytes(sample, kind) as number;
  if (kind === 'remote') return curve(kind, 'collected', judged, raw);
  const collected = judged.filter((sample) => sample.collected === true);
  if (collected.length >= 4) return curve(kind, 'collected', collected, raw);
  if (kind === 'held') {
    const told = judged.filter((sample, index) => tellsNew(judged[index - 1], sample));
    if (told.length >= fewestTold) {
      const bytes = (sample: Sample): number => toldBytes(sample) as number;
      return curve(kind, 'told by the runtime', floorsOf(told, bytes), bytes);
    }
  }
  const phased = judged.some(({ phase }) => phase != null);
  return curve(kind, 'floor of the sawtooth', phased ? judged : floorsOf(judged, raw), raw);
}

function curve(
  kind: Kind,
  cleaning: Cleaning,
  samples: readonly Sample[],
  bytes: (of: Sample) => number,
): Curve {
  const points = thinned(samples).map((sample) => ({
    at: positionOf(sample),
    bytes: bytes(sample),
    phase: sample.phase ?? null,
  }));
  return { kind, cleaning, points };
}

function tellsNew(before: Sample | undefined, sample: Sample): boolean {
  if (before === undefined || toldBytes(sample) === null) return false;
  const [then, now] = [finiteOrNull(before.full_gc_total), finiteOrNull(sample.full_gc_total)];
  if (then !== null && now !== null) return now > then;
  return toldBytes(before) !== toldBytes(sample);
}

/** Every n-th, so that at most {@link mostPoints} are left; the last always. */
function thinned(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= mostPoints) return samples;
  const step = samples.length / mostPoints;
  return Array.from({ length: mostPoints }, (_, index) => {
    const place = Math.min(samples.length - 1, Math.floor((index + 1) * step) - 1);
    return samples[place] as Sample;
  });
}
