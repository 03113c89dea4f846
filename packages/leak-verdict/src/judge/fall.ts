import type { Rate } from '../statistics/rate.ts';
import type { Regions } from './regions.ts';
import type { Steps } from './steps.ts';
import { withChunks } from './with-chunks.ts';

/** What became of a rate since the load before. */
export type Fall = 'same' | 'falls' | 'unclear';

/** Parts of the rate before: a rate is the same that is surely above the first, and falls that is surely below the other. */
interface Sameness {
  readonly same: number;
  readonly fallen: number;
  /** What is surely faster than this part of it began in between: whether it goes on so, nobody saw. */
  readonly faster: number;
}
const same: Sameness = { same: 0.9, fallen: 0.97, faster: 1.5 };
/** Where growth must pass what a cache may take besides. */
const sameOnTheWay: Sameness = { same: 0.7, fallen: 0.85, faster: Number.POSITIVE_INFINITY };
const chunksSame = 0.7;
const chunksFallen = 0.4;
/** One-sided 97.5 %. */
const sure = 1.96;

/** Against the load before, by its rests alone where they say that nothing fell, else by all that was read. */
export function compared(
  { levels, equalLoads }: Regions,
  before: Rate,
  rate: Rate,
  steps: Steps | null,
  lump: number,
): Fall {
  if (steps !== null) return fallOfChunks(before, rate);
  const [first, second] =
    levels === null ? [] : [withChunks(levels.before, steps, lump), withChunks(levels.tail, steps, lump)];
  if (first && second && fallOf(first, second, same) === 'same') return 'same';
  return fallOf(before, rate, equalLoads ? same : sameOnTheWay);
}

/** Whether the rate stays, falls, or it cannot be told: by the ratio's distance from 1 in standard errors. */
function fallOf(before: Rate, rate: Rate, { same, fallen, faster }: Sameness): Fall {
  const above = (part: number): number => rate.value - part * Math.max(0, before.value);
  const scatter = (part: number): number => sure * Math.hypot(rate.error, part * before.error);
  if (Number.isFinite(faster) && above(faster) > scatter(faster)) return 'unclear';
  if (above(same) > scatter(same)) return 'same';
  return -above(fallen) > scatter(fallen) ? 'falls' : 'unclear';
}

/** What comes in chunks is a chunk more or less within a part of the load. */
function fallOfChunks(before: Rate, rate: Rate): Fall {
  const part = rate.value / before.value;
  if (before.value <= 0 || part > chunksSame) return 'same';
  return part < chunksFallen ? 'falls' : 'unclear';
}
