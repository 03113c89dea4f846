import { type Draw, kilobyte, load, megabyte, readings, watch } from './drawn.ts';
import { afterWarmUp, byEvents, byTime, chunks, even, nothing } from './growth-shapes.ts';

/** Servers that leak, by the procedure and watched. */
export const leaking: Readonly<Record<string, Draw>> = {
  'even leak': (random) => {
    const kept_bytes = random.scale(350, 50_000);
    return { samples: readings(random, even(kept_bytes), load(random)), right: ['leak'], kept_bytes };
  },
  'leak under a warm-up': (random) => {
    const kept_bytes = random.scale(500, 50_000);
    const shape = afterWarmUp(even(kept_bytes), random.between(0.1, 1) * megabyte, random.between(50, 300));
    // Without readings under load the warm-up cannot be told from growth that falls.
    const samples = readings(random, shape, load(random), { collectedUnderLoad: true });
    return { samples, right: ['leak'], kept_bytes };
  },
  'leak in chunks': (random) => {
    const kept_bytes = random.scale(500, 20_000);
    const requests = load(random);
    const shape = chunks(kept_bytes, requests / random.between(8, 40));
    const more = { collectedUnderLoad: true };
    return { samples: readings(random, shape, requests, more), right: ['leak'], kept_bytes };
  },
  'leak by events': (random) => {
    const requests = load(random);
    const kept_bytes = random.scale(0.2, 5) * megabyte;
    const shape = byEvents(random, kept_bytes, requests / random.between(5, 15));
    return { samples: readings(random, shape, requests), right: ['leak'], kept_bytes, unit: 'event' };
  },
  'leak by time': (random) => {
    const kept_bytes = random.scale(80, 400) * kilobyte;
    const rate = random.between(50, 400);
    const samples = readings(random, byTime(kept_bytes), load(random), { rate });
    return { samples, right: ['leak'], kept_bytes, unit: 'second' };
  },
  'leak, the reader counted with the requests': (random) => {
    const kept_bytes = random.scale(350, 50_000);
    const samples = readings(random, even(kept_bytes), load(random), { countsReader: true });
    return { samples, right: ['leak'], kept_bytes };
  },
  'leak by resident memory alone': (random) => {
    const kept_bytes = random.scale(1_000, 20_000);
    const more = { arena_bytes: 256 * kilobyte, astray: 0, collectedUnderLoad: false };
    const samples = readings(random, even(kept_bytes), random.whole(5_000, 10_000), more);
    return { samples, right: ['leak'], kept_bytes };
  },
  'leak beside the heap': (random) => {
    const requests = load(random);
    const kept_bytes = (random.scale(24, 80) * megabyte) / requests;
    const samples = readings(random, nothing, requests, { collectedUnderLoad: true }).map((sample) => ({
      ...sample,
      resident_bytes: (sample.resident_bytes ?? 0) + kept_bytes * (sample.requests_total ?? 0),
    }));
    return { samples, right: ['leak'], kept_bytes };
  },
  'watched leak': (random) => {
    const rate = random.scale(20, 1_000);
    const total_bytes = random.between(110, 200) * megabyte;
    const seconds = random.whole(90, 600);
    const kept_bytes = total_bytes / (rate * seconds);
    return { samples: watch(random, even(kept_bytes), { rate, seconds }), right: ['leak'], kept_bytes };
  },
  'watched leak, killed again and again': (random) => {
    const rate = random.scale(20, 500);
    const seconds = random.whole(80, 200);
    const kept_bytes = (random.between(150, 180) * megabyte) / (rate * seconds);
    const restarts = { rate, seconds: seconds * 2 + random.whole(5, seconds), restart_seconds: seconds };
    return { samples: watch(random, even(kept_bytes), restarts), right: ['leak'], kept_bytes };
  },
  'resident memory alone, leaking': (random) => {
    const [rate, seconds] = [random.scale(20, 1_000), random.whole(120, 600)];
    const kept_bytes = (random.between(100, 160) * megabyte) / (rate * seconds);
    const more = { rate, seconds, residentOnly: true };
    return { samples: watch(random, even(kept_bytes), more), right: ['leak'], kept_bytes };
  },
};
