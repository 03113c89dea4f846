import { formatTime } from '../format/clock.ts';
import type { ChartGroup } from './chart-group.ts';
import { pressKey } from './keys.ts';
import { Lane } from './lane.tsx';
import { Panel } from './panel.tsx';
import type { PanelSpec } from './panel-spec.ts';

interface Props {
  readonly label: string;
  readonly group: ChartGroup;
  readonly specs: readonly PanelSpec[];
}

const keysHelp = 'Arrow keys read values, plus and minus zoom, Shift and an arrow move, Escape goes back.';

/** Panels above each other on one time axis, with the events on top. */
export function ChartStack({ label, group, specs }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: charts in focus are read by keys; a fieldset is for forms
    <div
      class="charts"
      role="group"
      aria-label={`${label}. ${keysHelp}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys need a place that can be in focus
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
        if (pressKey(event, group)) event.preventDefault();
      }}
    >
      <Lane group={group} />
      {specs.map((spec, i) => (
        <Panel key={spec.title} spec={spec} group={group} withTimes={i === specs.length - 1} />
      ))}
      <SpokenReading group={group} specs={specs} />
    </div>
  );
}

/** The reading in words, for who cannot see the cursor. */
function SpokenReading({ group, specs }: Pick<Props, 'group' | 'specs'>) {
  const columns = group.columns.value;
  const row = group.row.value;
  const pointed = group.cursor_ms.value !== null && row >= 0;
  const readings = specs.flatMap(({ lines, format }) =>
    lines.flatMap((line) => {
      const value = pointed ? line.values(columns)[row] : null;
      return value == null ? [] : [`${line.label} ${format(value)}`];
    }),
  );
  return (
    <p class="unseen" aria-live="polite">
      {pointed && `${formatTime(columns.time_ms[row] ?? 0)}: ${readings.join(', ')}`}
    </p>
  );
}
