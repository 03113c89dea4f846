import { type Draw, megabyte, watch } from './drawn.ts';
import { bounded, byTime, nothing, saturating } from './growth-shapes.ts';

/** Servers that do not leak, or of which it cannot be told, watched. */
export const harmlessWatched: Readonly<Record<string, Draw>> = {
  'idle, watched': (random) => {
    const shape = byTime(random.between(-300, 300));
    const samples = watch(random, shape, { rate: 0, seconds: random.whole(60, 1_800) });
    return { samples, right: ['stable', 'warm-up', 'not enough data'], kept_bytes: null };
  },
  'watched, stable': (random) => {
    const rate = random.between(200, 1_000);
    const seconds = random.whole(1_200, 3_000);
    return { samples: watch(random, nothing, { rate, seconds }), right: ['stable'], kept_bytes: null };
  },
  'watched, short': (random) => ({
    samples: watch(random, nothing, { seconds: random.whole(2, 60) }),
    right: ['stable', 'not enough data'],
    kept_bytes: null,
  }),
  'watched warm-up': (random) => {
    const rate = random.between(200, 1_000);
    const seconds = random.whole(1_200, 3_000);
    const shape = saturating(random.between(20, 60) * megabyte, rate * seconds * random.between(0.02, 0.05));
    return { samples: watch(random, shape, { rate, seconds }), right: ['warm-up'], kept_bytes: null };
  },
  'watched cache below half of the limit': (random) => {
    const rate = random.scale(20, 500);
    const seconds = random.whole(60, 600);
    const capacity = random.between(10, 50) * megabyte;
    const shape = bounded(capacity / (rate * seconds * random.between(0.4, 3)), capacity);
    return {
      samples: watch(random, shape, { rate, seconds, pauseEach_seconds: random.whole(10, 60) }),
      right: ['warm-up', 'stable', 'not enough data'],
      kept_bytes: null,
    };
  },
  'watched churn': (random) => {
    const more = { rate: random.between(200, 1_000), seconds: random.whole(1_500, 3_000), told: true };
    const samples = watch(random, nothing, { ...more, sawtooth_bytes: random.between(100, 160) * megabyte });
    return { samples, right: ['allocation pressure'], kept_bytes: null };
  },
  'resident memory alone, that does not drop': (random) => {
    const more = {
      residentOnly: true,
      rate: random.between(200, 1_000),
      seconds: random.whole(1_200, 2_400),
    };
    return { samples: watch(random, nothing, more), right: ['stable', 'warm-up'], kept_bytes: null };
  },
};
