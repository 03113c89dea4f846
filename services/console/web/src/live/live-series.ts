import { computed, signal } from '@preact/signals';
import { type SampleSeries, sampleColumns } from '../../../src/api/contract.ts';
import { ApiError, get, withQuery } from '../api/client.ts';
import { aheadSeconds, forecastOf } from '../charts/forecast.ts';
import { route } from '../route/navigation.ts';
import { defaultWindow_seconds, type Range } from '../route/route.ts';
import { sayable } from '../state/asked.ts';
import { withBreaks, withSample } from '../state/series.ts';
import { clock_ms, now } from '../state/store.ts';

/** More points than pixels show nothing more. */
const points = 1200;

/** Up to this span each second is shown, and the stream's seconds are joined as they come. */
const everySecond_seconds = 900;

/** Of what was never read. */
export const noSeries: SampleSeries = {
  from_ms: 0,
  to_ms: 0,
  step_seconds: 1,
  columns: Object.fromEntries(sampleColumns.map((name) => [name, []])) as unknown as SampleSeries['columns'],
};

/** What the live page draws; stays while another page is shown. */
export const series = signal<SampleSeries>(noSeries);

export const seriesFault = signal<string | null>(null);

const asked = computed(() =>
  route.value.page === 'live' ? route.value : { range: null, window_seconds: defaultWindow_seconds },
);

export const zoomed = computed<Range | null>(() => asked.value.range);

export const window_seconds = computed(() => asked.value.window_seconds);

const forecast = computed(() => (sayable.value === null ? null : forecastOf(sayable.value)));

/** The span that is drawn: what was zoomed to, or the last minutes and as much of what is ahead as there is to say. */
export const shownRange = computed<Range>(() => {
  if (zoomed.value !== null) return zoomed.value;
  const to_ms = clock_ms.value;
  const past_ms = window_seconds.value * 1000;
  return {
    from_ms: to_ms - past_ms,
    to_ms: to_ms + 1000 * aheadSeconds(forecast.value, window_seconds.value),
  };
});

export const columns = computed(() => withBreaks(series.value));

/** Reads the shown span anew; the drawn one stays until the answer is there. */
export async function readSeries(signal: AbortSignal): Promise<void> {
  const { from_ms, to_ms } = shownRange.peek();
  try {
    series.value = await get<SampleSeries>(
      withQuery('/api/samples', { from: from_ms, to: Math.max(to_ms, from_ms + 1000), points }),
      signal,
    );
    seriesFault.value = null;
  } catch (fault) {
    if (signal.aborted) return;
    if (!(fault instanceof ApiError)) throw fault;
    seriesFault.value = fault.message;
  }
}

/** Joins the last second to what is shown, where each second is shown. */
export function joinSample(): void {
  const sample = now.value?.sample ?? null;
  const shown = shownRange.peek();
  const span_seconds = (shown.to_ms - shown.from_ms) / 1000;
  if (sample === null || series.peek().step_seconds > 1 || span_seconds > 2 * everySecond_seconds) return;
  if (sample.time_ms > shown.to_ms) return;
  series.value = withSample(series.peek(), sample, clock_ms.peek() - shown.from_ms + 2000);
}

/** How often a span too long for single seconds is read again; `null`: never, its seconds come by the stream. */
export function rereadEvery_ms(range: Range | null, window: number, clock: number): number | null {
  if (range !== null)
    return range.to_ms > clock && range.to_ms - range.from_ms > everySecond_seconds * 1000 ? 10_000 : null;
  return window <= everySecond_seconds ? null : Math.max(5_000, (window * 1000) / points);
}
