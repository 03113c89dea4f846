import type { Phase, Sample } from '../index.ts';
import type { Shape, Stand } from './growth-shapes.ts';
import type { Seeded } from './seeded.ts';

export interface ProcedureSettings {
  readonly shape: Shape;
  readonly requests: number;
  readonly rate: number;
  /** Scatter of a reading after a collection. */
  readonly noise_bytes: number;
  /** Garbage that lies about in a reading that was not collected before. */
  readonly garbage_bytes?: number;
  /** Whether readings are collected under load as well. */
  readonly collectedUnderLoad?: boolean;
  readonly missing?: number;
  readonly astray?: number;
  readonly loads?: number;
  /** Only resident memory is known: taken in arenas of so much, and not given back. */
  readonly arena_bytes?: number;
  /** The reader's own requests are counted as well. */
  readonly countsReader?: boolean;
}

const megabyte = 2 ** 20;
const base_bytes = 20 * megabyte;
const limit_bytes = 256 * megabyte;
const readingsOfLoad = 12;
const readingsOfRest = 5;
/** Of a rest with fewer readings nothing can be said, which is another test's. */
const leastOfRest = 3;

/** Baseline, load, after, equal load, after, idle: as a command would read them. */
export function procedure(random: Seeded, settings: ProcedureSettings): Sample[] {
  const { requests, rate, collectedUnderLoad = true, loads = 2 } = settings;
  const samples: Sample[] = [];
  let stand: Stand = { requests: 0, seconds: 0 };
  const read = (phase: Phase, collected: boolean, isNeeded = false): void => {
    if (random.chance(settings.missing ?? 0) && !isNeeded) return;
    samples.push(sampleOf(random, settings, stand, phase, collected));
  };
  const rest = (phase: Phase, readings: number): void => {
    for (let index = 0; index < readings; index += 1) {
      const own = settings.countsReader === true ? 3 : 0;
      stand = { requests: stand.requests + own, seconds: stand.seconds + 1 };
      read(phase, true, index < leastOfRest);
    }
  };
  rest('baseline', readingsOfRest);
  for (let load = 0; load < loads; load += 1) {
    for (let part = 0; part < readingsOfLoad; part += 1) {
      const more = requests / readingsOfLoad;
      stand = { requests: stand.requests + more, seconds: stand.seconds + more / rate };
      read('load', false);
      stand = { ...stand, seconds: stand.seconds + 0.01 };
      if (collectedUnderLoad) read('load', true);
    }
    rest('after', readingsOfRest);
  }
  rest('idle', readingsOfRest);
  return samples;
}

function sampleOf(
  random: Seeded,
  settings: ProcedureSettings,
  stand: Stand,
  phase: Phase,
  collected: boolean,
): Sample {
  const { shape, noise_bytes, garbage_bytes = 8 * megabyte, astray = 0 } = settings;
  const lost = random.chance(astray) ? random.between(0, 8 * megabyte) : 0;
  const held = base_bytes + shape.held(stand) + random.normal(noise_bytes) + lost;
  if (settings.arena_bytes !== undefined) return residentOf(random, settings.arena_bytes, held, stand, phase);
  const heap_bytes = held + (collected ? 0 : random.between(0.2, 1) * garbage_bytes);
  return {
    time_seconds: stand.seconds,
    process: 'one',
    phase,
    collected,
    heap_bytes,
    external_bytes: 2 * megabyte,
    heap_committed_bytes: held + 16 * megabyte,
    resident_bytes: held + 60 * megabyte + random.normal(megabyte / 2),
    limit_bytes,
    requests_total: Math.round(stand.requests),
    ...(shape.events && { events_total: shape.events(stand) }),
    ...(shape.connections && { connections_total: shape.connections(stand) }),
    ...(shape.payload && { payload_bytes_total: shape.payload(stand) }),
  };
}

function residentOf(random: Seeded, arena_bytes: number, held: number, stand: Stand, phase: Phase): Sample {
  const arenas = Math.ceil((held + random.normal(arena_bytes / 8)) / arena_bytes);
  return {
    time_seconds: stand.seconds,
    process: 'one',
    phase,
    resident_bytes: 10 * megabyte + arenas * arena_bytes,
    requests_total: Math.round(stand.requests),
  };
}
