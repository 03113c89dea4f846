import { expect, it } from 'vitest';
import type { EventKind, LabEvent } from '../../../src/api/contract.ts';
import { laneMarks } from './mark-lane.ts';

const at = (time_ms: number, kind: EventKind): LabEvent => ({
  id: time_ms,
  time_ms,
  kind,
  title: '',
  details: {},
});
const range = { from_ms: 0, to_ms: 1000 };

it('events that fall together are one mark, shown as the one that matters most', () => {
  const marks = laneMarks([at(100, 'start'), at(110, 'death'), at(500, 'snapshot')], range, 500);
  expect(marks.map(({ shown, events }) => [shown.kind, events.length])).toEqual([
    ['death', 2],
    ['snapshot', 1],
  ]);
  expect(marks[0]?.place).toBeCloseTo(0.11);
});

it('what lies outside the span, and what is of no kind it knows, is not shown', () => {
  const foreign = { ...at(500, 'gc'), kind: 'toString' as EventKind };
  expect(laneMarks([at(-1, 'gc'), at(1001, 'gc'), foreign], range, 500)).toEqual([]);
});
