import { computed, type ReadonlySignal, signal, useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { LabEvent } from '../../../src/api/contract.ts';
import { type ChartGroupParts, chartGroup } from '../charts/chart-group.ts';
import { ChartStack } from '../charts/chart-stack.tsx';
import { requestsPanel } from '../charts/load-panels.ts';
import { memoryLines, memoryPanel } from '../charts/memory-panel.ts';
import type { PanelSpec } from '../charts/panel-spec.ts';
import { columns, series } from '../live/live-series.ts';
import { useLiveSeries } from '../live/use-live-series.ts';
import { CollectButton } from '../parts/collect-button.tsx';
import type { Range } from '../route/route.ts';
import { clock_ms, events } from '../state/store.ts';
import { useServiceSeries } from './service-series.ts';

const span_ms = 300_000;
const zoomed = signal<Range | null>(null);
const range = computed(() => zoomed.value ?? { from_ms: clock_ms.value - span_ms, to_ms: clock_ms.value });
const noEvents: ReadonlySignal<readonly LabEvent[]> = signal([]);

/** All services of a lab are looked at over the same time. */
const together: Pick<ChartGroupParts, 'range' | 'zoom' | 'unzoom'> = {
  range,
  zoom: (to) => {
    zoomed.value = to;
  },
  unzoom: () => {
    zoomed.value = null;
  },
};

const group = chartGroup({
  ...together,
  key: 'course',
  columns,
  step_seconds: computed(() => series.value.step_seconds),
  marks: events,
});

/** No line that tells what a lab asks for: what is ahead, what a request keeps. */
const shown = new Set(['in use', 'heap after GC', 'limit']);
const memory = { ...memoryPanel(140), lines: memoryLines.filter(({ label }) => shown.has(label)) };
const specs = [memory, { ...requestsPanel, height_px: 64 }];

/** The same, lower, of one of several. */
const specsOf = (service: string): PanelSpec[] => [
  { ...memory, title: `Memory of ${service}`, height_px: 84 },
  { ...requestsPanel, title: `Requests of ${service}`, height_px: 36 },
];
const specsOfFirst = specsOf('a');

/** What the services of a lab do, beside its text: "a" is the first. */
export function CourseCharts({ services }: { readonly services: number }) {
  useLiveSeries();
  const besides = ['b', 'c', 'd'].slice(0, services - 1);
  return (
    <section class="course-charts" aria-label="The service now">
      <header>
        <h2>The last five minutes</h2>
        {zoomed.value !== null && (
          <button type="button" class="small" onClick={() => group.unzoom()}>
            Back to now
          </button>
        )}
        <CollectButton of={services > 1 ? 'a' : undefined} />
      </header>
      <ChartStack
        label={services > 1 ? 'Memory and requests of a' : 'Memory and requests'}
        group={group}
        specs={services > 1 ? specsOfFirst : specs}
      />
      {besides.map((service) => (
        <ServiceChart key={service} service={service} />
      ))}
    </section>
  );
}

function ServiceChart({ service }: { readonly service: string }) {
  const own = useServiceSeries(service, range);
  const step_seconds = useComputed(() => own.series.value.step_seconds);
  const ownGroup = useMemo(
    () =>
      chartGroup({
        ...together,
        key: `course ${service}`,
        columns: own.columns,
        step_seconds,
        marks: noEvents,
      }),
    [service, own.columns, step_seconds],
  );
  const ownSpecs = useMemo(() => specsOf(service), [service]);
  return <ChartStack label={`Memory and requests of ${service}`} group={ownGroup} specs={ownSpecs} />;
}
