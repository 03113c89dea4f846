import pino from 'pino';
import { expect, it } from 'vitest';
import { Warnings } from '../warnings.ts';
import { RecordClock } from './clock.ts';

const hour_ms = 3_600_000;

function clockAt(wall_ms: number, last_ms = 0) {
  const machine = { wall: wall_ms, monotonic: 500 };
  const warnings = new Warnings(pino({ level: 'silent' }));
  const source = { wall_ms: () => machine.wall, monotonic_ms: () => machine.monotonic };
  const clock = new RecordClock(warnings, last_ms, source);
  const pass = (real_ms: number, jump_ms = 0): number => {
    machine.monotonic += real_ms;
    machine.wall += real_ms + jump_ms;
    return clock.now_ms();
  };
  return { clock, pass, warned: () => warnings.list().map(({ code }) => code) };
}

it('is the wall clock', () => {
  const { clock, pass, warned } = clockAt(10 * hour_ms);
  expect(clock.now_ms()).toBe(10 * hour_ms);
  expect(pass(1000)).toBe(10 * hour_ms + 1000);
  expect(warned()).toEqual([]);
});

it('goes on at its own pace when the wall clock is set back, until that has caught up', () => {
  const { clock, pass, warned } = clockAt(10 * hour_ms);
  const begun = clock.now_ms();
  expect(pass(1000, -hour_ms)).toBe(begun + 1000);
  expect(pass(1000)).toBe(begun + 2000);
  expect(warned()).toEqual(['clock_set_back']);
  expect(pass(1000, hour_ms)).toBe(begun + 3000);
  expect(warned()).toEqual([]);
});

it('follows the wall clock forward at once, and tells of it for a minute', () => {
  const { clock, pass, warned } = clockAt(hour_ms);
  const begun = clock.now_ms();
  expect(warned()).toEqual([]);
  expect(pass(1000, hour_ms)).toBe(begun + 1000 + hour_ms);
  expect(warned()).toEqual(['clock_set_forward']);
  pass(61_000);
  expect(warned()).toEqual([]);
});

it('never goes behind what is recorded already, nor back by a hair', () => {
  const { clock, pass, warned } = clockAt(hour_ms, 2 * hour_ms);
  expect(clock.now_ms()).toBe(2 * hour_ms);
  expect(warned()).toEqual(['clock_set_back']);
  const steady = clockAt(hour_ms);
  const before = steady.clock.now_ms();
  expect(steady.pass(0, -1)).toBe(before);
  expect(pass(0)).toBe(2 * hour_ms);
});
