import { expect, it } from 'vitest';
import { theilSen } from '../index.ts';
import { floorsOf } from './floor.ts';

const sawtooth = (seconds: number, each: number, kept_bytes: number) =>
  Array.from({ length: seconds }, (_, second) => ({
    time_seconds: second,
    heap_bytes: kept_bytes * second + ((second % each) / each) * 40_000_000,
  }));

it.each([3, 7, 20])('brings a sawtooth of %i s to its floor', (each) => {
  const floors = floorsOf(sawtooth(600, each, 1_000), ({ heap_bytes }) => heap_bytes ?? 0);
  const slope = theilSen(
    floors.map(({ time_seconds, heap_bytes = 0 }) => ({ x: time_seconds, y: heap_bytes ?? 0 })),
  );
  expect(floors.length).toBeGreaterThanOrEqual(12);
  expect(slope?.value).toBeCloseTo(1_000, -1);
});

it('leaves a handful of readings as they are', () => {
  const few = sawtooth(10, 3, 0);
  expect(floorsOf(few, ({ heap_bytes }) => heap_bytes ?? 0)).toBe(few);
});
