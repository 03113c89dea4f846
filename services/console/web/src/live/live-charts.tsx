import { computed, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { chartGroup } from '../charts/chart-group.ts';
import { ChartStack } from '../charts/chart-stack.tsx';
import { drawForecast, forecastOf } from '../charts/forecast.ts';
import { busyPanel, bytesPerRequestPanel, delayPanel, requestsPanel } from '../charts/load-panels.ts';
import { memoryPanel } from '../charts/memory-panel.ts';
import { go } from '../route/navigation.ts';
import { clock_ms, events, generation, now } from '../state/store.ts';
import {
  columns,
  joinSample,
  readSeries,
  rereadEvery_ms,
  series,
  shownRange,
  window_seconds,
  zoomed,
} from './live-series.ts';

const group = chartGroup({
  key: 'live',
  columns,
  step_seconds: computed(() => series.value.step_seconds),
  range: shownRange,
  marks: events,
  zoom: (range) => go({ page: 'live', range, window_seconds: window_seconds.peek() }),
  unzoom: () => {
    if (zoomed.peek() !== null) go({ page: 'live', range: null, window_seconds: window_seconds.peek() });
  },
});

const memory = memoryPanel(240, (chart) => {
  const last = now.peek();
  const forecast = last && forecastOf(last);
  if (forecast) drawForecast(chart, forecast);
});

const specs = [memory, requestsPanel, bytesPerRequestPanel, busyPanel, delayPanel];

/** All that is recorded of the service, on one time axis. */
export function LiveCharts() {
  const range = zoomed.value;
  const window = window_seconds.value;
  const turn = generation.value;
  const known = now.value !== null;
  useEffect(() => {
    // The console's own clock says what "the last minutes" are.
    if (!known) return;
    const asked = new AbortController();
    void readSeries(asked.signal);
    const every_ms = rereadEvery_ms(range, window, clock_ms.peek());
    const timer = every_ms === null ? undefined : setInterval(() => void readSeries(asked.signal), every_ms);
    return () => {
      asked.abort();
      clearInterval(timer);
    };
  }, [range?.from_ms, range?.to_ms, window, turn, known]);
  useSignalEffect(joinSample);
  return <ChartStack label="The service over time" group={group} specs={specs} />;
}
