import type uPlot from 'uplot';
import type { ChartGroup } from './chart-group.ts';
import { colour, translucent } from './colours.ts';
import { markKind } from './mark-kinds.ts';

/** The events' lines down through a panel; a death's is the plainest to see. */
export function drawMarkLines(chart: uPlot, group: ChartGroup): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const { kind, time_ms } of group.marks.peek()) {
    const x = Math.round(chart.valToPos(time_ms, 'x', true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const known = markKind(kind);
    if (known === undefined || known.weight < 2) continue;
    ctx.strokeStyle = kind === 'death' ? colour(known.colour) : translucent(known.colour, 0.45);
    ctx.setLineDash(kind === 'death' ? [] : [2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
