import type { Sample } from '../index.ts';
import type { Shape, Stand } from './growth-shapes.ts';
import type { Seeded } from './seeded.ts';

export interface WatchSettings {
  readonly shape: Shape;
  readonly seconds: number;
  readonly rate: number;
  readonly noise_bytes: number;
  /** How much garbage gathers until it is collected, and how often that is. */
  readonly sawtooth_bytes: number;
  readonly gcEach_seconds: number;
  /** Whether the runtime tells what was left after a collection. */
  readonly told: boolean;
  readonly missing?: number;
  /** Load comes and goes: so long each. */
  readonly pauseEach_seconds?: number;
  /** The process starts anew after so many seconds. */
  readonly restart_seconds?: number;
  /** Only resident memory is known, which does not fall where the heap does. */
  readonly residentOnly?: boolean;
  readonly base_bytes?: number;
  readonly limit_bytes?: number | null;
}

const megabyte = 2 ** 20;

/** What somebody records each second while load comes and goes, no collection forced. */
export function watched(random: Seeded, settings: WatchSettings): Sample[] {
  const { seconds, rate, missing = 0, restart_seconds = Number.POSITIVE_INFINITY } = settings;
  const { limit_bytes = 256 * megabyte, base_bytes = 30 * megabyte, pauseEach_seconds } = settings;
  const samples: Sample[] = [];
  let [requests, life, begun, highest] = [0, 1, 0, 0];
  let after_gc: number | null = null;
  let collections = 0;
  let sinceGc = 0;
  for (let second = 0; second < seconds; second += 1) {
    if (second - begun >= restart_seconds) {
      [requests, begun, highest, collections, sinceGc, after_gc] = [0, second, 0, 0, 0, null];
      life += 1;
    }
    const rests = pauseEach_seconds !== undefined && Math.floor(second / pauseEach_seconds) % 2 === 1;
    const came = rests ? 0 : Math.max(0, Math.round(rate * (1 + random.normal(0.05))));
    requests += came;
    const stand: Stand = { requests, seconds: second - begun };
    const held = base_bytes + settings.shape.held(stand) + random.normal(settings.noise_bytes);
    if (came > 0) sinceGc += random.between(0.8, 1.2);
    if (sinceGc >= settings.gcEach_seconds) [sinceGc, after_gc, collections] = [0, held, collections + 1];
    const heap_bytes = held + (sinceGc / settings.gcEach_seconds) * settings.sawtooth_bytes;
    highest = Math.max(highest, heap_bytes);
    if (random.chance(missing)) continue;
    const resident_bytes = 40 * megabyte + highest + random.normal(megabyte / 4);
    samples.push({
      time_seconds: second,
      process: life,
      requests_total: requests,
      resident_bytes,
      used_bytes: resident_bytes,
      limit_bytes,
      ...(settings.residentOnly !== true && { heap_bytes, external_bytes: megabyte }),
      ...(settings.residentOnly !== true && {
        heap_committed_bytes: highest,
        ...(settings.told && {
          heap_after_gc_bytes: after_gc,
          external_after_gc_bytes: megabyte,
          full_gc_total: collections,
        }),
      }),
    });
  }
  return samples;
}
