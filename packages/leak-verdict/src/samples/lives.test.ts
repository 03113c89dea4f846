import { describe, expect, it } from 'vitest';
import { livesOf } from './lives.ts';

describe('livesOf', () => {
  const at = (time_seconds: number, more = {}) => ({ time_seconds, ...more });

  it('begins a new life where the process is another', () => {
    const lives = livesOf([at(1, { process: 10 }), at(2, { process: 10 }), at(3, { process: 20 })]);
    expect(lives.map(({ length }) => length)).toEqual([2, 1]);
  });

  it('goes by the requests where nobody tells of the process', () => {
    const requests = [5, 90, 3, 40].map((requests_total, time) => at(time, { requests_total }));
    expect(livesOf(requests).map(({ length }) => length)).toEqual([2, 2]);
  });

  it('orders what came out of order, and leaves out what has no time', () => {
    const [life] = livesOf([at(3), at(Number.NaN), at(1), at(2)]);
    expect(life?.map(({ time_seconds }) => time_seconds)).toEqual([1, 2, 3]);
  });

  it('takes the last of two readings of one moment, and both where one was collected before', () => {
    const [life] = livesOf([at(1, { heap_bytes: 1 }), at(1, { heap_bytes: 2 }), at(1, { collected: true })]);
    expect(life).toEqual([at(1, { heap_bytes: 2 }), at(1, { collected: true })]);
  });
});
