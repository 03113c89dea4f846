import type { Range } from '../route/route.ts';
import type { ChartGroup } from './chart-group.ts';
import { pointAt } from './chart-group.ts';

const leastSpan_ms = 5_000;

/** What a key asks of charts in focus; `null` where it asks nothing. */
export function rangeAfterKey(key: string, shift: boolean, range: Range, at_ms: number): Range | null {
  const span_ms = range.to_ms - range.from_ms;
  const around = (factor: number): Range => {
    const next_ms = Math.max(leastSpan_ms, span_ms * factor);
    const place = (at_ms - range.from_ms) / span_ms;
    return { from_ms: at_ms - next_ms * place, to_ms: at_ms + next_ms * (1 - place) };
  };
  const moved = (part: number): Range => ({
    from_ms: range.from_ms + part * span_ms,
    to_ms: range.to_ms + part * span_ms,
  });
  if (key === '+' || key === '=') return around(0.5);
  if (key === '-' || key === '_') return around(2);
  if (shift && key === 'ArrowLeft') return moved(-0.25);
  if (shift && key === 'ArrowRight') return moved(0.25);
  return null;
}

/** The row that a key points at next; `null` where it points at none. */
export function rowAfterKey(key: string, row: number, rows: number, page: number): number | null {
  const last = rows - 1;
  const from = row < 0 ? last : row;
  const to: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    PageUp: from - page,
    PageDown: from + page,
    Home: 0,
    End: last,
  };
  return Object.hasOwn(to, key) ? Math.min(last, Math.max(0, to[key] ?? 0)) : null;
}

/** Reads and zooms charts by the keyboard; true where the key meant something. */
export function pressKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  group: ChartGroup,
): boolean {
  if (key === 'Escape') {
    pointAt(group, null);
    group.unzoom();
    return true;
  }
  const range = group.range.peek();
  const at_ms = group.cursor_ms.peek() ?? (range.from_ms + range.to_ms) / 2;
  const next = rangeAfterKey(key, shiftKey, range, at_ms);
  if (next !== null) {
    group.zoom(next);
    return true;
  }
  const times = group.columns.peek().time_ms;
  const shown = times.filter((time) => time !== null && time >= range.from_ms && time <= range.to_ms);
  const here = shown.indexOf(times[group.row.peek()] ?? null);
  const row = rowAfterKey(key, here, shown.length, 10);
  const time_ms = row === null ? undefined : shown[row];
  if (time_ms == null) return false;
  pointAt(group, time_ms);
  return true;
}
