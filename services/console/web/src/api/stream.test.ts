import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followStream, type StreamReader } from './stream.ts';

/** The browser's EventSource as far as the stream needs it, spoken to by the test. */
class ScriptedSource extends EventTarget {
  static readonly opened: ScriptedSource[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    ScriptedSource.opened.push(this);
  }

  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  close(): void {
    this.closed = true;
  }
}

const heard: string[] = [];
const reader: StreamReader = {
  now: ({ time_ms }) => heard.push(`now ${time_ms}`),
  event: () => heard.push('event'),
  death: () => heard.push('death'),
  snapshots: () => heard.push('snapshots'),
  diff: () => heard.push('diff'),
  course: () => heard.push('course'),
  behind: () => heard.push('behind'),
  opened: () => heard.push('opened'),
  lost: (retry_ms) => heard.push(`lost, again in ${retry_ms}`),
};

const last = () => ScriptedSource.opened.at(-1) as ScriptedSource;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', ScriptedSource);
  ScriptedSource.opened.length = 0;
  heard.length = 0;
  followStream('/api/stream', reader);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('hands on what the console says, also that this reader fell behind', () => {
  last().onopen?.();
  last().say('now', { time_ms: 5 });
  last().say('behind', {});
  expect(heard).toEqual(['opened', 'now 5', 'behind']);
});

it('opens anew after each end, ever later, and as soon as before once it has come back', () => {
  for (const retry_ms of [500, 1000, 2000]) {
    last().onerror?.();
    expect(last().closed).toBe(true);
    expect(heard.at(-1)).toBe(`lost, again in ${retry_ms}`);
    vi.advanceTimersByTime(retry_ms);
  }
  expect(ScriptedSource.opened).toHaveLength(4);
  last().onopen?.();
  last().onerror?.();
  expect(heard.at(-1)).toBe('lost, again in 500');
});

it('takes a stream that says nothing for dead', () => {
  last().onopen?.();
  vi.advanceTimersByTime(7_000);
  last().say('now', { time_ms: 6 });
  vi.advanceTimersByTime(7_000);
  expect(ScriptedSource.opened).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(heard.at(-1)).toMatch(/^lost/);
});
