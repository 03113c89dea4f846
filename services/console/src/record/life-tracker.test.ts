import { expect, it } from 'vitest';
import type { Reading } from '../service/reading.ts';
import type { Life } from '../store/lives.ts';
import { LifeTracker } from './life-tracker.ts';

const reading = (pid: number, uptime_seconds: number, started_at: number) =>
  ({ pid, uptime_seconds, started_at }) as Reading;

function tracker(life?: Life) {
  let id = 0;
  return new LifeTracker(life, () => {
    id += 1;
    return id;
  });
}

it('takes readings of one process for one life', () => {
  const lives = tracker();
  expect(lives.follow(reading(7, 10, 5000), 0, 100)).toMatchObject({ begun: true, over: undefined });
  expect(lives.follow(reading(7, 11, 5000), 1000, 200)).toMatchObject({
    begun: false,
    life: { id: 1, last_seen_ms: 200 },
  });
});

it('sees another life by the pid, and by the uptime where the pid is the same', () => {
  const lives = tracker();
  lives.follow(reading(7, 100, 5000), 0, 100);
  expect(lives.follow(reading(8, 1, 105_000), 1000, 200)).toMatchObject({ begun: true, over: { id: 1 } });
  expect(lives.follow(reading(8, 0.2, 106_800), 2000, 300)).toMatchObject({ begun: true, over: { id: 2 } });
});

it('is not misled by a clock that was set, nor by a service that was blocked', () => {
  const lives = tracker();
  lives.follow(reading(7, 100, 5000), 0, 100);
  expect(lives.follow(reading(7, 101, 3_600_000), 1000, 200).begun).toBe(false);
  expect(lives.follow(reading(7, 131, 5000), 31_000, 300).begun).toBe(false);
});

it('knows the life that an earlier console saw by its start', () => {
  const life: Life = {
    id: 9,
    pid: 7,
    started_at_ms: 5000,
    first_seen_ms: 1,
    last_seen_ms: 2,
    ended_at_ms: null,
  };
  expect(tracker(life).follow(reading(7, 100, 5400), 0, 100).begun).toBe(false);
  expect(tracker(life).follow(reading(7, 100, 65_000), 0, 100)).toMatchObject({
    begun: true,
    over: { id: 9 },
  });
});
