import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Death, LabEvent } from '../../../src/api/contract.ts';
import { chartGroup } from '../charts/chart-group.ts';
import { ChartStack } from '../charts/chart-stack.tsx';
import { busyPanel, delayPanel, requestsPanel } from '../charts/load-panels.ts';
import { memoryPanel } from '../charts/memory-panel.ts';
import { go, route } from '../route/navigation.ts';
import { withBreaks } from '../state/series.ts';

const specs = [memoryPanel(200), requestsPanel, busyPanel, delayPanel];
const before_ms = 62_000;
const after_ms = 2_000;

/** The last minute's record, up to the death. */
export function DeathCharts({ death }: { readonly death: Death }) {
  const group = useMemo(() => groupOf(death), [death]);
  return <ChartStack label="The minute before the death" group={group} specs={specs} />;
}

function groupOf(death: Death) {
  const whole = { from_ms: death.time_ms - before_ms, to_ms: death.time_ms + after_ms };
  const columns = withBreaks(death.samples);
  const end: LabEvent = { id: -1, time_ms: death.time_ms, kind: 'death', title: 'The death', details: {} };
  const marks = death.events.some(({ kind }) => kind === 'death') ? death.events : [...death.events, end];
  return chartGroup({
    key: `death ${death.id}`,
    columns: signal(columns),
    step_seconds: signal(death.samples.step_seconds),
    range: computed(() => (route.value.page === 'deaths' ? route.value.range : null) ?? whole),
    marks: signal(marks),
    zoom: (range) => go({ page: 'deaths', id: death.id, range }),
    unzoom: () => {
      if (route.peek().page === 'deaths') go({ page: 'deaths', id: death.id, range: null });
    },
  });
}
