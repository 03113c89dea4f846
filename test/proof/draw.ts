import { crc32 } from 'node:zlib';
import { seeded } from '../../packages/leak-verdict/src/testing/seeded.ts';
import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import type { Subject } from './subject.ts';

/** A drawn size and load: the same for the same seed. */
export interface Draw {
  readonly seed: number;
  /** What is set for each unit, bytes; `undefined` where the subject's own size is what it is about. */
  readonly set_bytes: number | undefined;
  /** One request in so many makes a unit. */
  readonly one_in: number | undefined;
  /** Of both loads together. */
  readonly requests: number;
  readonly workers: number;
  readonly keepAlive: boolean;
}

const kilobyte = 1024;
/** A heap of 256 MB has room for this beside what the service needs itself. */
const mostGrowth_bytes = 90 * 2 ** 20;

/** Draws for a subject; `share` of the usual number of requests. */
export function drawFor(subject: Subject, seed: number, share = 1): Draw {
  const random = seeded(seed * 7_919 + crc32(subject.name));
  const load = { seed, workers: random.whole(2, 20), keepAlive: random.chance(0.8) };
  const amount = (low: number, high: number): number => 2 * Math.round((share * random.scale(low, high)) / 2);
  const requests = amount(3_000, 6_000);
  if (subject.kind === 'control' || subject.kind === 'idle') {
    return { ...load, requests, set_bytes: undefined, one_in: undefined };
  }
  if (subject.unit === 'connection') {
    const one_in = random.whole(3, 8);
    const size = sizeFor(requests / one_in, leastOf(subject), 64 * kilobyte);
    return { ...load, requests, set_bytes: size, one_in };
  }
  // A leak by events shows with few; that a twin keeps less than 100 bytes of each takes as many as of any other.
  if (subject.unit === 'event' && subject.kind === 'leak') {
    const events = amount(24, 60);
    const size = sizeFor(events, 100 * kilobyte, 1_200 * kilobyte);
    return { ...load, requests: events, set_bytes: size, one_in: undefined };
  }
  return { ...load, requests, set_bytes: sizeFor(requests, kilobyte, 24 * kilobyte), one_in: undefined };

  function sizeFor(units: number, low: number, high: number): number {
    // The warm-up leaves something too.
    const most = mostGrowth_bytes / (1.4 * units);
    return Math.round(Math.max(low, Math.min(most, random.scale(low, high))));
  }
}

const leastOf = ({ id }: Subject): number => catalogue.find((leak) => leak.id === id)?.least_bytes ?? 512;
