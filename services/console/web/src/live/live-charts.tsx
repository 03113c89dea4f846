import { computed } from '@preact/signals';
import { chartGroup } from '../charts/chart-group.ts';
import { ChartStack } from '../charts/chart-stack.tsx';
import { drawForecast, forecastOf } from '../charts/forecast.ts';
import { busyPanel, bytesPerRequestPanel, delayPanel, requestsPanel } from '../charts/load-panels.ts';
import { memoryPanel } from '../charts/memory-panel.ts';
import { go } from '../route/navigation.ts';
import { asked, sayable } from '../state/asked.ts';
import { events, now } from '../state/store.ts';
import { columns, series, shownRange, window_seconds, zoomed } from './live-series.ts';
import { useLiveSeries } from './use-live-series.ts';

const group = chartGroup({
  key: 'live',
  columns,
  step_seconds: computed(() => series.value.step_seconds),
  range: shownRange,
  marks: events,
  zoom: (range) => {
    // Before the console's first word the page does not know what time it is.
    if (now.peek() !== null) go({ page: 'live', range, window_seconds: window_seconds.peek() });
  },
  unzoom: () => {
    if (zoomed.peek() !== null) go({ page: 'live', range: null, window_seconds: window_seconds.peek() });
  },
});

const memory = memoryPanel(240, (chart) => {
  const last = sayable.peek();
  const forecast = last && forecastOf(last);
  if (forecast) drawForecast(chart, forecast);
});

const specs = [memory, requestsPanel, bytesPerRequestPanel, busyPanel, delayPanel];
const specsWhileAsked = specs.filter((spec) => spec !== bytesPerRequestPanel);

/** All that is recorded of the service, on one time axis. */
export function LiveCharts() {
  useLiveSeries();
  return (
    <ChartStack
      label="The service over time"
      group={group}
      specs={asked.value.each_request === null ? specs : specsWhileAsked}
    />
  );
}
