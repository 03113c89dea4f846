import { describe, expect, it } from 'vitest';
import { bodyOf, smallEvent, workflowEvent } from './index.ts';

describe('a workflow event', () => {
  it('is JSON of 187 KB in some 4,500 lines', () => {
    const text = bodyOf('large');
    expect(Buffer.byteLength(text)).toBe(187_000);
    expect(text.split('\n').length).toBeGreaterThan(4_300);
    expect(text.split('\n').length).toBeLessThan(4_700);
    expect(JSON.parse(text)).toMatchObject({ event: 'workflow_run' });
  });

  it.each([4_000, 20_001, 1_000_000])('is of the size that is wanted: %i bytes', (size_bytes) => {
    expect(Buffer.byteLength(workflowEvent(7, size_bytes))).toBe(size_bytes);
  });

  it('is the same each time for a number, and another one for another', () => {
    expect(workflowEvent(5)).toBe(workflowEvent(5));
    expect(workflowEvent(5)).not.toBe(workflowEvent(6));
  });

  it('is refused where it is to be smaller than its frame', () => {
    expect(() => workflowEvent(1, 100)).toThrow('at least 4000');
  });
});

it.each([0, 1, 99, 123_456])('a small event is JSON of 153 bytes: number %i', (number) => {
  expect(Buffer.byteLength(smallEvent(number))).toBe(153);
  expect(JSON.parse(smallEvent(number))).toMatchObject({ event: 'heartbeat', number });
});
