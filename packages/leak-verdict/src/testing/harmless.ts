import type { Finding } from '../index.ts';
import { type Draw, kilobyte, load, megabyte, readings, restartedAt, withLumps } from './drawn.ts';
import { bounded, byTime, even, nothing, pool, saturating } from './growth-shapes.ts';

/** Servers that do not leak, or of which it cannot be told, by the procedure. */
export const harmless: Readonly<Record<string, Draw>> = {
  'stable by resident memory alone': (random) => {
    const more = { arena_bytes: 256 * kilobyte, astray: 0, collectedUnderLoad: false };
    const shape = pool(random.between(1, 20) * megabyte, 100);
    return {
      samples: readings(random, shape, random.whole(5_000, 10_000), more),
      right: ['stable', 'warm-up'],
      kept_bytes: null,
    };
  },
  stable: (random) => ({
    samples: readings(random, nothing, load(random)),
    right: ['stable'],
    kept_bytes: null,
  }),
  'idle drift': (random) => {
    const drift = random.between(-600, 600);
    const samples = readings(random, byTime(drift), load(random), { rate: random.between(100, 1_000) });
    return { samples, right: ['stable'], kept_bytes: null };
  },
  'warm-up, saturating': (random) => {
    const requests = load(random);
    const shape = saturating(random.between(4, 60) * megabyte, requests / random.between(8, 20));
    return { samples: readings(random, shape, requests), right: ['warm-up'], kept_bytes: null };
  },
  'cache still filling': (random) => {
    const requests = load(random);
    const shape = saturating(random.between(10, 90) * megabyte, requests * random.between(0.5, 6));
    return { samples: readings(random, shape, requests), right: ['not enough data'], kept_bytes: null };
  },
  'bounded cache, full in the first load': (random) => {
    const requests = load(random);
    const kept_bytes = random.scale(4_000, 16_000);
    const shape = bounded(kept_bytes, kept_bytes * requests * random.between(0.1, 0.8));
    return { samples: readings(random, shape, requests), right: ['warm-up'], kept_bytes: null };
  },
  'bounded cache, full in the second load': (random) => {
    const requests = load(random);
    const kept_bytes = random.scale(2_000, 16_000);
    const shape = bounded(kept_bytes, kept_bytes * requests * random.between(1.1, 1.7));
    return {
      samples: readings(random, shape, requests),
      right: ['warm-up', 'not enough data'],
      kept_bytes: null,
    };
  },
  pool: (random) => {
    const requests = load(random);
    const shape = pool(random.between(2, 60) * megabyte, requests * random.between(0.01, 0.3));
    return { samples: readings(random, shape, requests), right: ['warm-up'], kept_bytes: null };
  },
  churn: (random) => ({
    samples: readings(random, nothing, load(random), { garbage_bytes: random.between(110, 180) * megabyte }),
    right: ['allocation pressure'],
    kept_bytes: null,
  }),
  'an allocator that takes and gives back': (random) => {
    const samples = readings(random, nothing, load(random), { collectedUnderLoad: true });
    const lumps = withLumps(random, samples, random.between(8, 20) * megabyte, random.whole(1, 3));
    return { samples: lumps, right: ['stable'], kept_bytes: null };
  },
  'restart in the procedure': (random) => {
    const [kept_bytes, requests] = [random.scale(350, 20_000), load(random)];
    const leaks = random.chance(0.5);
    const samples = readings(random, leaks ? even(kept_bytes) : nothing, requests);
    const right: readonly Finding[] = leaks ? ['leak', 'not enough data'] : ['stable', 'not enough data'];
    return {
      samples: restartedAt(samples, random.whole(3, samples.length - 3)),
      right,
      kept_bytes: leaks ? kept_bytes : null,
    };
  },
};
