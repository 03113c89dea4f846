import uPlot from 'uplot';
import type { Columns } from '../state/series.ts';
import type { ChartGroup } from './chart-group.ts';
import { canvasFont, colour, translucent } from './colours.ts';
import { drawMarkLines } from './mark-lines.ts';
import type { Line, PanelSpec } from './panel-spec.ts';
import { timeLabels, timeSteps_ms } from './time-ticks.ts';

/** The axis of values is as wide in every panel, so that times stand above each other; the style sheet knows it too. */
export const axisWidth_px = 64;
export const rightPadding_px = 28;

const timeAxisHeight_px = 24;
/** Room for half of the lowest tick's word. */
const footPadding_px = 8;
const leastDrag_px = 6;
const decimalSteps = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
);

/** One panel on its element. `withTimes`: the axis of time is written below it. */
export function makeChart(
  element: HTMLElement,
  spec: PanelSpec,
  group: ChartGroup,
  withTimes: boolean,
): uPlot {
  const columns = () => group.columns.peek();
  const chart: uPlot = new uPlot(
    {
      width: element.clientWidth,
      height: spec.height_px + (withTimes ? timeAxisHeight_px : 0),
      ms: 1,
      padding: [6, rightPadding_px, withTimes ? 0 : footPadding_px, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        sync: { key: group.key, scales: ['x', null] },
        points: { size: 6, width: 2, fill: () => colour('surface') },
      },
      scales: {
        x: { time: true, auto: false, range: () => rangeOf(group) },
        y: { auto: true, range: (_, least, greatest) => valueRange(spec, least, greatest, columns()) },
      },
      axes: [timeAxis(withTimes), valueAxis(spec)],
      series: [{}, ...drawn(spec).map(seriesOf)],
      hooks: {
        drawClear: [(self) => drawMarkLines(self, group)],
        draw: [(self) => spec.draw?.(self, columns())],
        setCursor: [(self) => follow(self, group)],
        setSelect: [(self) => zoomTo(self, group)],
      },
    },
    dataOf(spec, columns()),
    element,
  );
  return chart;
}

/** Rows for the panel's lines, as uPlot takes them. */
export function dataOf(spec: PanelSpec, columns: Columns): uPlot.AlignedData {
  return [columns.time_ms, ...drawn(spec).map((line) => line.values(columns))] as uPlot.AlignedData;
}

const drawn = (spec: PanelSpec) => spec.lines.filter(({ hidden }) => !hidden);

function rangeOf(group: ChartGroup): [number, number] {
  const { from_ms, to_ms } = group.range.peek();
  return [from_ms, to_ms];
}

function valueRange(
  spec: PanelSpec,
  least: number | null,
  greatest: number | null,
  columns: Columns,
): [number, number] {
  const most = Math.max(spec.leastTop, greatest ?? 0);
  const top = spec.top?.(most, columns) ?? most * 1.1;
  return [spec.negative ? Math.min(0, (least ?? 0) * 1.1) : 0, top];
}

function seriesOf(line: Line): uPlot.Series {
  const series: uPlot.Series = {
    label: line.label,
    stroke: () => colour(line.colour),
    width: line.width ?? 1.5,
    points: { show: false },
    pxAlign: 0,
    gaps: (_chart, _series, _first, _last, holes) => holes.map(widened),
  };
  if (line.filled) series.fill = () => translucent(line.colour, 0.1);
  if (line.dash) series.dash = [...line.dash];
  const stepped = line.stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  if (stepped) series.paths = stepped;
  return series;
}

/** A hole is cut out of a line that is drawn across it: wider by the line's own half, or a steep one shows at its edges. */
function widened([from, to]: [number, number]): [number, number] {
  const half = 1.25 * devicePixelRatio;
  return [from - half, to + half];
}

const look = () => ({
  stroke: () => colour('ink-3'),
  grid: { stroke: () => colour('grid'), width: 1 },
  ticks: { show: false },
  font: canvasFont(11).replace(/[\d.]+px/, '11px'),
});

function timeAxis(labelled: boolean): uPlot.Axis {
  return {
    ...look(),
    size: labelled ? timeAxisHeight_px : 0,
    gap: 6,
    space: 90,
    incrs: timeSteps_ms,
    values: (_, times, __, ___, step) => (labelled ? timeLabels(times, step) : times.map(() => '')),
  };
}

function valueAxis(spec: PanelSpec): uPlot.Axis {
  return {
    ...look(),
    size: axisWidth_px,
    gap: 8,
    space: spec.height_px > 150 ? 34 : 24,
    incrs: [...(spec.steps ?? decimalSteps)],
    values: (_, values) => values.map((value) => (spec.formatTick ?? spec.format)(value)),
  };
}

function follow(chart: uPlot, group: ChartGroup): void {
  const { left } = chart.cursor;
  group.cursor_ms.value = left == null || left < 0 ? null : chart.posToVal(left, 'x');
}

function zoomTo(chart: uPlot, group: ChartGroup): void {
  const { left, width } = chart.select;
  if (width < leastDrag_px) return;
  const range = { from_ms: chart.posToVal(left, 'x'), to_ms: chart.posToVal(left + width, 'x') };
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  group.zoom(range);
}
