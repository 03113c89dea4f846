import type { Curve, CurvePoint } from '../samples/curve.ts';
import type { Unit } from '../samples/sample.ts';
import { median } from '../statistics/median.ts';
import type { Point } from '../statistics/theil-sen.ts';
import { pointsOver } from './unit-of-growth.ts';

/** The parts of a curve that are held against each other, each over the unit of growth. */
export interface Regions {
  /** Whether these are two equal loads with a rest after each, or growth by time alone through load and rest. */
  readonly equalLoads: boolean;
  /** The last of the load: its rate is the rate of growth. */
  readonly tail: readonly Point[];
  /** What came before, as like the tail as can be, without the first of it where things warm up. */
  readonly before: readonly Point[];
  /** The newest part of the tail: whether growth has ended meanwhile. */
  readonly now: readonly Point[];
  readonly whole: readonly Point[];
  /** The rests about the load before and the last load, without what was read under load. */
  readonly levels: { readonly before: readonly Point[]; readonly tail: readonly Point[] } | null;
}

/** A run of readings under load, or of readings without. */
interface Run {
  readonly load: boolean;
  readonly points: readonly CurvePoint[];
}

const fewestOfRest = 2;
/** Of all requests; fewer between two readings are the reader's own. */
const leastOfLoad = 0.05;
const fewestBefore = 5;
const fewestPlaces = 3;

/** Two equal loads where the phases tell of such, else the halves and quarters of what there is. */
export function regionsOf(curve: Curve, unit: Unit): Regions {
  return (unit === 'second' ? undefined : byLoads(curve, unit)) ?? byParts(curve, unit);
}

function byLoads({ points, cleaning }: Curve, unit: Unit): Regions | undefined {
  const runs = runsOf(points);
  const end = runs.findLastIndex(({ load }) => !load);
  const [start, first, middle, second, last] = [4, 3, 2, 1, 0].map((back) => runs[end - back]?.points);
  if (!start || !first || !middle || !second || !last) return undefined;
  if ([start, middle, last].some((rest) => rest.length < fewestOfRest)) return undefined;
  const idle = last.filter(({ phase }) => phase === 'idle');
  // What drains in the rest is no growth; what only lies higher there are readings astray.
  const drained = idle.length > fewestOfRest && levelOf(idle) < levelOf(last);
  const settled = drained ? idle : last;
  const whole = pointsOver(points, unit);
  const [from, between, to] = [start, middle, settled].map((rest) => atOnePlace(pointsOver(rest, unit))) as [
    Point[],
    Point[],
    Point[],
  ];
  const levels = { before: [...from, ...between], tail: [...between, ...to] };
  const rests = { equalLoads: true, whole, levels };
  if (cleaning !== 'collected' || first.length < 4 || second.length < 4) {
    return { ...rests, ...levels, now: [] };
  }
  const laterOf = (run: readonly CurvePoint[]): readonly CurvePoint[] => run.slice(run.length >> 1);
  const later = [...pointsOver(laterOf(first), unit), ...between];
  const fewPlaces = new Set(later.map(({ x }) => x)).size < fewestPlaces;
  return {
    ...rests,
    tail: [...between, ...pointsOver(second, unit), ...to],
    before: fewPlaces ? [...from, ...pointsOver(first, unit), ...between] : later,
    now: [...pointsOver(laterOf(second), unit), ...to],
  };
}

const levelOf = (rest: readonly CurvePoint[]): number => median(rest.map(({ bytes }) => bytes));

/** What is counted during a rest is the reader's own questions: a rest is one place. */
function atOnePlace(rest: readonly Point[]): Point[] {
  const x = median(rest.map((point) => point.x));
  return rest.map(({ y }) => ({ x, y }));
}

function byParts({ points }: Curve, unit: Unit): Regions {
  const whole = pointsOver(points, unit);
  const [from, to] = [whole[0]?.x ?? 0, whole.at(-1)?.x ?? 0];
  const part = (share: number): number => from + share * (to - from);
  const between = (low: number, high: number): Point[] =>
    whole.filter(({ x }) => x >= part(low) && x <= part(high));
  const phased = unit === 'second' && points.some(({ phase }) => phase === 'after');
  const second = between(0.25, 0.5);
  return {
    equalLoads: phased,
    levels: null,
    whole,
    tail: between(0.5, 1),
    before: phased || second.length < fewestBefore ? between(0, 0.5) : second,
    now: between(0.75, 1),
  };
}

function runsOf(points: readonly CurvePoint[]): Run[] {
  const runs: { load: boolean; points: CurvePoint[] }[] = [];
  if (points.every(({ phase }) => phase === null)) return runs;
  const asked = (points.at(-1)?.at.request ?? 0) - (points[0]?.at.request ?? 0);
  for (const point of points) {
    const load = point.phase === 'load';
    const run = runs.at(-1);
    const before = run?.points.at(-1)?.at.request ?? 0;
    // Where nothing was read under load, what was asked since the rest before tells that there was one.
    const unseen = run?.load === false && !load && (point.at.request ?? 0) - before > leastOfLoad * asked;
    if (unseen) runs.push({ load: true, points: [] }, { load, points: [point] });
    else if (run === undefined || run.load !== load) runs.push({ load, points: [point] });
    else run.points.push(point);
  }
  return runs;
}
