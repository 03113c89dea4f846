import { type Played, play } from './played.ts';
import type { Recording, Values } from './recording.ts';
import type { Scene } from './scenes.ts';

/** A recording for tests: the use as shares of the limit, a scrape each 2 s, the load from the third scrape on. */
export function recordingOf(
  shares: Values,
  more: Partial<Recording> = {},
  metric = 'container_memory',
): Recording {
  const labels = '{instance="leaky-service:8080",job="leaky-service"}';
  const [use, limit] =
    metric === 'container_memory' ? ['usage_bytes', 'limit_bytes'] : ['used_memory_bytes', 'maxmemory_bytes'];
  return {
    ...{ what: 'made up', interval_seconds: 2, loaded: 2 },
    series: {
      [`up${labels}`]: shares.map(() => 1),
      [`process_start_time_seconds${labels}`]: shares.map(() => 1_795_294_572),
      [`${metric}_${use}${labels}`]: shares.map((share) => share && share * 1000),
      [`${metric}_${limit}${labels}`]: shares.map(() => 1000),
    },
    ...more,
  };
}

export const sceneOf = (kind: Scene['kind'], more: Partial<Scene> = {}): Scene => ({
  ...{ name: kind, kind, idle_seconds: 0 },
  memory: { use: 'container_memory_usage_bytes', limit: 'container_memory_limit_bytes' },
  ...more,
});

/** A climb from 20 % by 10 % each 2 s from the load on: 70 % at 14 s, dead at 20 s. */
export const climb = recordingOf([0.2, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, null], { died: 10 });

export const leakScene = (name = 'leak', idle_seconds = 0): Played =>
  play(sceneOf('leak', { name, idle_seconds }), climb);
export const healthyScene = (name = 'healthy'): Played =>
  play(sceneOf('healthy', { name }), recordingOf([0.2, 0.2, 0.3, 0.3, 0.3, 0.3]));
