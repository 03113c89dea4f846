import { describe, expect, test, vi } from 'vitest';
import { progressLine } from './progress-line.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => Boolean(written.push(text)) };
}

const halfway = { stage: 'reading', snapshot: 1, ratio: 0.5 } as const;

describe('the progress line', () => {
  test('appears after a second on a terminal, and leaves nothing behind', () => {
    vi.useFakeTimers();
    const stream = terminal(true);
    const line = progressLine(stream);
    line.show(halfway);
    expect(stream.written).toEqual([]);
    vi.advanceTimersByTime(1001);
    line.show(halfway);
    expect(stream.written.join('')).toContain('reading, snapshot 2: 50 %');
    line.clear();
    expect(stream.written.slice(-2)).toEqual(['\x1b[1G', '\x1b[2K']);
    vi.useRealTimers();
  });

  test('is not written to a file', () => {
    vi.useFakeTimers();
    const stream = terminal(false);
    const line = progressLine(stream);
    vi.advanceTimersByTime(5000);
    line.show(halfway);
    line.clear();
    expect(stream.written).toEqual([]);
    vi.useRealTimers();
  });
});
