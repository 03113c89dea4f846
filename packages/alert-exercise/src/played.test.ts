import { expect, it } from 'vitest';
import { climb, leakScene, recordingOf, sceneOf } from './made-up.ts';
import { play, reachedAt, useAt } from './played.ts';
import { seriesOf } from './recording.ts';
import { scenes } from './scenes.ts';

it('knows when the load began, when so much was in use, and when it ended', () => {
  const scene = leakScene();
  expect(scene).toMatchObject({ loaded_seconds: 4, ends_seconds: 20, lasts_seconds: 20 });
  expect(reachedAt(scene, 0.7)).toBe(14);
  expect(useAt(scene, 9)).toBeCloseTo(0.45);
  // The last scrape that brought something counts where the process is gone.
  expect(useAt(scene, 20)).toBeCloseTo(0.9);
});

it('idles before it for as long as is set, with what was scraped first', () => {
  const scene = leakScene('leak', 30);
  expect(scene).toMatchObject({ loaded_seconds: 34, ends_seconds: 50, lasts_seconds: 50 });
  expect(seriesOf(scene, 'container_memory_usage_bytes').slice(0, 18)).toEqual(new Array(18).fill(200));
  expect(reachedAt(scene, 0.7)).toBe(44);
});

it('begins where the service was scraped for the first time', () => {
  const late = recordingOf([null, null, 0.2, 0.4, 0.8, 1], { loaded: 3, died: 5 });
  expect(play(sceneOf('leak'), late)).toMatchObject({ loaded_seconds: 2, ends_seconds: 6, lasts_seconds: 6 });
});

it('has run for the same time at its begin, whenever it was recorded, and a restart is as late as it was', () => {
  const starts = [100_000, 100_000, 100_060].map((start) => start);
  const key = 'process_start_time_seconds{job="leaky-service"}';
  const { series } = recordingOf([0.2, 0.2, 0.2]);
  const others = Object.fromEntries(
    Object.entries(series).filter(([name]) => !name.startsWith('process_start')),
  );
  const recording = recordingOf([0.2, 0.2, 0.2], { series: { ...others, [key]: starts } });
  expect(seriesOf(play(sceneOf('healthy'), recording), 'process_start_time_seconds')).toEqual([-30, -30, 30]);
});

it('of another server, ends where that refuses writes, though the service lives', () => {
  const valkey = { use: 'valkey_used_memory_bytes', limit: 'valkey_maxmemory_bytes' };
  const recording = recordingOf([0, 0, 0.5, 0.98, 0.99], {}, 'valkey');
  expect(play(sceneOf('leak', { memory: valkey }), recording).ends_seconds).toBe(6);
});

it('refuses a leak that does not reach the limit', () => {
  const { died: _, ...lives } = climb;
  expect(() => play(sceneOf('leak', { name: 'cache' }), lives)).toThrow(
    'The recording cache is of a leak: expected that it reaches its limit, got 90 % of it.',
  );
});

it('is another time after the begin for each scene of a kind: no rule can go by the clock', () => {
  for (const kind of ['leak', 'healthy']) {
    const idle = scenes.filter((scene) => scene.kind === kind).map(({ idle_seconds }) => idle_seconds);
    expect(Math.max(...idle) - Math.min(...idle)).toBeGreaterThanOrEqual(90);
    expect(new Set(idle).size).toBeGreaterThan(6);
  }
});
