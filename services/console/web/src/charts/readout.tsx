import type { ChartGroup } from './chart-group.ts';
import type { Line, PanelSpec } from './panel-spec.ts';

interface Props {
  readonly spec: PanelSpec;
  readonly group: ChartGroup;
}

/** What the lines of a panel are, and their values where the reader points, or now. */
export function Readout({ spec, group }: Props) {
  const columns = group.columns.value;
  const row = group.row.value;
  return (
    <header class="readout">
      <h3>{spec.title}</h3>
      <dl>
        {spec.lines.map((line) => (
          <div key={line.label}>
            <dt>
              <Key line={line} />
              {line.label}
            </dt>
            <dd>{valueText(spec, line.values(columns)[row])}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function valueText(spec: PanelSpec, value: number | null | undefined): string {
  return value == null ? '–' : spec.format(value);
}

function Key({ line }: { readonly line: Line }) {
  if (line.hidden) return null;
  return (
    <svg class="key" viewBox="0 0 14 8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="14"
        y2="4"
        stroke={`var(--${line.colour})`}
        stroke-width={line.width ?? 1.5}
        stroke-dasharray={line.dash?.join(' ')}
      />
    </svg>
  );
}
