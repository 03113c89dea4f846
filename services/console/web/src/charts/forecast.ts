import type uPlot from 'uplot';
import type { Now } from '../../../src/api/contract.ts';
import { formatSeconds } from '../format/duration.ts';
import { canvasFont, colour, translucent } from './colours.ts';

/** From the last reading to the limit: when, by the estimate and both ends of its interval. */
export interface Forecast {
  readonly from_ms: number;
  readonly from_bytes: number;
  readonly limit_bytes: number;
  readonly low_seconds: number;
  readonly value_seconds: number;
  readonly high_seconds: number;
}

/** What `now` lets expect; `null` where memory does not climb to a limit, or nobody can tell. */
export function forecastOf({ sample, growth, service }: Now): Forecast | null {
  const left = growth.seconds_to_limit;
  const { usage_bytes = null, limit_bytes = null } = sample ?? {};
  if (sample === null || left === null || usage_bytes === null || limit_bytes === null) return null;
  if (service.state !== 'up' || !Number.isFinite(left.value) || left.value <= 0) return null;
  return {
    from_ms: sample.time_ms,
    from_bytes: usage_bytes,
    limit_bytes,
    low_seconds: Math.max(0, left.low),
    value_seconds: left.value,
    // Where the interval reaches "never" it is drawn as far as any chart shows.
    high_seconds: Number.isFinite(left.high) && left.high > 0 ? left.high : 1e9,
  };
}

/**
 * How much of the future to show beside `window_seconds` of the past: all of the estimate where it is near. In steps,
 * so that the axis does not breathe with each second.
 */
export function aheadSeconds(forecast: Forecast | null, window_seconds: number): number {
  const wanted = Math.min(forecast?.high_seconds ?? 0, (forecast?.value_seconds ?? 0) * 1.6) * 1.15;
  const shares = [0.02, 0.15, 0.3, 0.45];
  const share = shares.find((one) => one * window_seconds >= wanted) ?? (forecast === null ? 0.02 : 0.3);
  return share * window_seconds;
}

/** The way to the limit: a fan for the interval, a dashed line for the estimate, its words where it meets the limit. */
export function drawForecast(chart: uPlot, forecast: Forecast): void {
  const { ctx, bbox } = chart;
  const x = (seconds: number) => chart.valToPos(forecast.from_ms + seconds * 1000, 'x', true);
  const start: [number, number] = [x(0), chart.valToPos(forecast.from_bytes, 'y', true)];
  const top = chart.valToPos(forecast.limit_bytes, 'y', true);
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();

  ctx.fillStyle = translucent('usage', 0.16);
  ctx.beginPath();
  ctx.moveTo(...start);
  ctx.lineTo(x(forecast.low_seconds), top);
  ctx.lineTo(x(forecast.high_seconds), top);
  ctx.closePath();
  ctx.fill();

  ctx.strokeStyle = colour('usage');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(...start);
  const end = x(forecast.value_seconds);
  ctx.lineTo(end, top);
  ctx.stroke();

  if (end < right) {
    ctx.setLineDash([]);
    ctx.fillStyle = colour('limit');
    ctx.beginPath();
    ctx.arc(end, top, 3.5 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.font = canvasFont(11, 600);
    ctx.textBaseline = 'top';
    const words = `in ${formatSeconds(forecast.value_seconds)}`;
    const room = right - end > ctx.measureText(words).width + 16 * devicePixelRatio;
    ctx.textAlign = room ? 'left' : 'right';
    ctx.fillText(words, end + (room ? 8 : -8) * devicePixelRatio, top + 7 * devicePixelRatio);
  }
  ctx.restore();
}
