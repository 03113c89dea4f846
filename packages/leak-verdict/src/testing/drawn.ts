import type { Finding, Sample, Unit } from '../index.ts';
import type { Shape } from './growth-shapes.ts';
import type { Seeded } from './seeded.ts';
import { type ProcedureSettings, procedure } from './synthetic-procedure.ts';
import { type WatchSettings, watched } from './synthetic-watch.ts';

/** A series of readings of which the truth is known. */
export interface Drawn {
  readonly samples: readonly Sample[];
  /** What is right to say; "not enough data" is never wrong, and only right where it is here. */
  readonly right: readonly Finding[];
  /** Bytes a unit that are kept; `null` where none are. */
  readonly kept_bytes: number | null;
  /** By what, where not by requests. */
  readonly unit?: Unit;
}

export const kilobyte = 1024;
export const megabyte = 2 ** 20;

/** A procedure with what varies from one server and machine to another. */
export function readings(
  random: Seeded,
  shape: Shape,
  requests: number,
  more: Partial<ProcedureSettings> = {},
): Sample[] {
  return procedure(random, {
    shape,
    requests,
    rate: random.scale(1, 1_000),
    noise_bytes: random.scale(4 * kilobyte, 60 * kilobyte),
    garbage_bytes: random.between(2, 30) * megabyte,
    missing: random.chance(0.5) ? random.between(0, 0.15) : 0,
    astray: random.chance(0.3) ? 0.04 : 0,
    collectedUnderLoad: random.chance(0.8),
    ...more,
  });
}

export function watch(random: Seeded, shape: Shape, more: Partial<WatchSettings>): Sample[] {
  return watched(random, {
    shape,
    seconds: 300,
    rate: random.scale(20, 500),
    noise_bytes: random.scale(10 * kilobyte, 200 * kilobyte),
    sawtooth_bytes: random.between(4, 20) * megabyte,
    gcEach_seconds: random.between(2, 6),
    told: random.chance(0.5),
    missing: random.chance(0.5) ? random.between(0, 0.2) : 0,
    ...more,
  });
}

/** The same readings, those from `place` on of a new process that counts anew and holds nothing yet. */
export function restartedAt(samples: readonly Sample[], place: number): Sample[] {
  const before = samples[place];
  return samples.map((sample, index) => {
    if (index < place) return sample;
    const requests_total = (sample.requests_total ?? 0) - (before?.requests_total ?? 0);
    const lost = (before?.heap_bytes ?? 0) - 20 * megabyte;
    return { ...sample, process: 'two', requests_total, heap_bytes: (sample.heap_bytes ?? 0) - lost };
  });
}

/**
 * The same readings of a server whose allocator takes `each_bytes` from the system at once under load and gives it back at another
 * time, at most so many of them at once.
 */
export function withLumps(
  random: Seeded,
  samples: readonly Sample[],
  each_bytes: number,
  most: number,
): Sample[] {
  const [takes, gives] = [random.between(0.01, 0.1), random.between(0.01, 0.1)];
  let lumps = random.whole(0, most);
  return samples.map((sample) => {
    if (sample.phase === 'load' && lumps < most && random.chance(takes)) lumps += 1;
    if (sample.phase === 'load' && lumps > 0 && random.chance(gives)) lumps -= 1;
    return { ...sample, resident_bytes: (sample.resident_bytes ?? 0) + lumps * each_bytes };
  });
}

export const load = (random: Seeded): number => random.whole(3_000, 10_000);

/** Draws one server of a class. */
export type Draw = (random: Seeded) => Drawn;
