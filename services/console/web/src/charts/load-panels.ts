import type uPlot from 'uplot';
import { formatBytes } from '../format/bytes.ts';
import { formatSeconds } from '../format/duration.ts';
import { formatRate, formatShare } from '../format/number.ts';
import { bytesPerRequest, type Columns } from '../state/series.ts';
import { colour } from './colours.ts';
import type { PanelSpec } from './panel-spec.ts';

export const requestsPanel: PanelSpec = {
  title: 'Requests a second',
  height_px: 84,
  lines: [
    { label: 'served', values: (c) => c.requests_per_second, colour: 'requests', filled: true },
    { label: 'failed', values: (c) => c.errors_per_second, colour: 'death' },
    { label: 'in flight', values: (c) => c.in_flight, colour: 'ink-3', hidden: true },
  ],
  format: formatRate,
  leastTop: 10,
};

export const bytesPerRequestPanel: PanelSpec = {
  title: 'Bytes a request',
  height_px: 84,
  lines: [
    {
      label: 'kept, over 30 s',
      values: (c) => bytesPerRequest(c),
      colour: 'leak',
      width: 1.75,
    },
  ],
  format: formatBytes,
  formatTick: (bytes) => formatBytes(bytes).replace('.0', ''),
  steps: Array.from({ length: 16 }, (_, power) => 2 ** power * 256),
  leastTop: 4096,
  negative: true,
};

export const busyPanel: PanelSpec = {
  title: 'Busy',
  height_px: 84,
  lines: [
    { label: 'event loop', values: (c) => c.event_loop_utilization, colour: 'requests' },
    {
      label: 'collecting garbage',
      values: (c) => c.gc_seconds_per_second,
      colour: 'gc',
      width: 1.75,
      filled: true,
    },
    { label: 'CPU', values: (c) => c.cpu_seconds_per_second, colour: 'rss' },
  ],
  format: formatShare,
  steps: [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2],
  leastTop: 0.1,
  draw: drawMajorCollections,
};

export const delayPanel: PanelSpec = {
  title: 'Event loop delay',
  height_px: 84,
  lines: [
    { label: 'p99', values: (c) => c.event_loop_delay_p99_seconds, colour: 'requests', width: 1.75 },
    { label: 'p50', values: (c) => c.event_loop_delay_p50_seconds, colour: 'rss' },
  ],
  format: (value) => (value === 0 ? '0' : formatSeconds(value)),
  leastTop: 0.05,
};

/** A stroke at the foot for each second with a major collection. */
function drawMajorCollections(chart: uPlot, columns: Columns): void {
  const { ctx, bbox } = chart;
  const height = 5 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour('gc');
  columns.gc_major_per_second.forEach((count, row) => {
    if (!count) return;
    const x = chart.valToPos(columns.time_ms[row] ?? 0, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.fillRect(x - devicePixelRatio / 2, bbox.top + bbox.height - height, devicePixelRatio * 1.5, height);
  });
  ctx.restore();
}
