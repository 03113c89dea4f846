import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type uPlot from 'uplot';
import type { LabEvent } from '../../../src/api/contract.ts';
import type { Range } from '../route/route.ts';
import { type Columns, nearestRow } from '../state/series.ts';

/** Panels over one time axis: one cursor, one zoom. */
export interface ChartGroup {
  readonly key: string;
  readonly columns: ReadonlySignal<Columns>;
  /** Between two rows. */
  readonly step_seconds: ReadonlySignal<number>;
  readonly range: ReadonlySignal<Range>;
  readonly marks: ReadonlySignal<readonly LabEvent[]>;
  /** What the reader points at; `null`: the last reading. */
  readonly cursor_ms: Signal<number | null>;
  /** The row that readouts show; `-1` where there is none. */
  readonly row: ReadonlySignal<number>;
  readonly charts: Set<uPlot>;
  zoom(range: Range): void;
  /** Back to what the page shows by itself. */
  unzoom(): void;
}

export type ChartGroupParts = Pick<
  ChartGroup,
  'key' | 'columns' | 'step_seconds' | 'range' | 'marks' | 'zoom' | 'unzoom'
>;

export function chartGroup(parts: ChartGroupParts): ChartGroup {
  const cursor_ms = signal<number | null>(null);
  const row = computed(() => {
    const { time_ms } = parts.columns.value;
    const { from_ms, to_ms } = parts.range.value;
    const wanted_ms = cursor_ms.value ?? Math.min(to_ms, time_ms.at(-1) ?? to_ms);
    const nearest = nearestRow(time_ms, wanted_ms);
    const found_ms = time_ms[nearest] ?? Number.NaN;
    const near = Math.abs(found_ms - wanted_ms) <= Math.max(3000, 2000 * parts.step_seconds.value);
    return near && found_ms >= from_ms ? nearest : -1;
  });
  return { ...parts, cursor_ms, row, charts: new Set() };
}

/** Points at a time in every panel, as the mouse would; `null` points at nothing. */
export function pointAt(group: ChartGroup, time_ms: number | null): void {
  const [chart] = group.charts;
  if (chart === undefined) return;
  const left = time_ms === null ? -10 : chart.valToPos(time_ms, 'x');
  chart.setCursor({ left, top: time_ms === null ? -10 : 1 });
}
