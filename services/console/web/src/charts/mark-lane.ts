import type { LabEvent } from '../../../src/api/contract.ts';
import type { Range } from '../route/route.ts';
import { markKind } from './mark-kinds.ts';

/** Events that fall on one place of the axis. */
export interface LaneMark {
  /** From 0 at the left to 1. */
  readonly place: number;
  /** The one whose shape is shown. */
  readonly shown: LabEvent;
  readonly events: readonly LabEvent[];
}

/** The events of `range` on a lane `width_px` wide; those closer than `apart_px` to the first of a group are one mark. */
export function laneMarks(
  events: readonly LabEvent[],
  { from_ms, to_ms }: Range,
  width_px: number,
  apart_px = 24,
): LaneMark[] {
  const groups: LabEvent[][] = [];
  const placeOf = (event: LabEvent) => (event.time_ms - from_ms) / (to_ms - from_ms);
  for (const event of events) {
    const place = placeOf(event);
    if (place < 0 || place > 1 || markKind(event.kind) === undefined) continue;
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && (place - placeOf(first)) * width_px < apart_px) group.push(event);
    else groups.push([event]);
  }
  return groups.map((group) => {
    const shown = group.reduce((most, event) => (weightOf(event) > weightOf(most) ? event : most));
    return { place: placeOf(shown), shown, events: group };
  });
}

const weightOf = ({ kind }: LabEvent) => markKind(kind)?.weight ?? 0;
