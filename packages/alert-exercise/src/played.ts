import { metricOf, type Recording, seriesOf, type Values } from './recording.ts';
import type { Scene } from './scenes.ts';

/** A scene with its samples, ready to be played to rules. Times are seconds from the begin of its play. */
export interface Played {
  readonly name: string;
  readonly kind: 'leak' | 'healthy';
  readonly interval_seconds: number;
  readonly series: Readonly<Record<string, Values>>;
  /** When the load had begun. */
  readonly loaded_seconds: number;
  readonly lasts_seconds: number;
  /** Share of the limit in use at each scrape; `null` where a scrape brought nothing. */
  readonly use: Values;
  /** Of a leak: when the limit was reached. */
  readonly ends_seconds?: number;
}

/** Where the service lives on, the limit is reached where the other server refuses writes. */
const full = 0.97;
/** How long the process has run when a scene begins; the same in all. */
const uptime_seconds = 30;

/** Prepares a recording for its play. Throws where a leak's recording does not reach the limit. */
export function play(scene: Scene, recording: Recording): Played {
  const { interval_seconds } = recording;
  const first = seriesOf(
    recording,
    scene.memory.use.startsWith('valkey') ? 'up' : scene.memory.use,
  ).findIndex((value) => value !== null);
  const idle = Math.round(scene.idle_seconds / interval_seconds);
  const shift = (index: number) => (index - first + idle) * interval_seconds;
  const begun_seconds =
    seriesOf(recording, 'process_start_time_seconds').find((value) => value !== null) ?? 0;
  const series = Object.fromEntries(
    Object.entries(recording.series).map(([key, values]) => {
      const kept = values.slice(first);
      const longer = [...new Array<number | null>(idle).fill(kept[0] ?? null), ...kept];
      return [
        key,
        metricOf(key) === 'process_start_time_seconds'
          ? longer.map((value) => value && value - begun_seconds - uptime_seconds)
          : longer,
      ];
    }),
  );
  const use = shareOfLimit(scene, { series });
  const length = Math.max(...Object.values(series).map((values) => values.length));
  const common = {
    ...{ name: scene.name, kind: scene.kind, interval_seconds, series, use },
    loaded_seconds: shift(Math.max(recording.loaded, first)),
    lasts_seconds: (length - 1) * interval_seconds,
  };
  if (scene.kind === 'healthy') return common;
  const end = recording.died === undefined ? use.findIndex((share) => (share ?? 0) >= full) : undefined;
  if (end === -1) {
    const highest = Math.max(...use.map((share) => share ?? 0));
    throw new Error(
      `The recording ${scene.name} is of a leak: expected that it reaches its limit, got ${(100 * highest).toFixed(0)} % of it.`,
    );
  }
  return { ...common, ends_seconds: end === undefined ? shift(recording.died ?? 0) : end * interval_seconds };
}

function shareOfLimit({ memory }: Scene, recording: Pick<Recording, 'series'>): Values {
  const limits = seriesOf(recording, memory.limit);
  return seriesOf(recording, memory.use).map((use, index) => {
    const limit = limits[index] ?? null;
    return use === null || limit === null ? null : use / limit;
  });
}

/** Share of the limit in use at a moment, on the line between the scrapes around it. */
export function useAt({ use, interval_seconds }: Played, seconds: number): number {
  const place = seconds / interval_seconds;
  const left = use.findLastIndex((share, index) => share !== null && index <= place);
  const right = use.findIndex((share, index) => share !== null && index >= place);
  const [from, to] = [use[left] ?? use[right] ?? Number.NaN, use[right] ?? use[left] ?? Number.NaN];
  return right <= left ? from : from + ((to - from) * (place - left)) / (right - left);
}

/** When so much of the limit was in use for the first time after the load began. */
export function reachedAt({ use, interval_seconds, loaded_seconds }: Played, share: number): number {
  const from = loaded_seconds / interval_seconds;
  return use.findIndex((value, index) => index >= from && (value ?? 0) >= share) * interval_seconds;
}
