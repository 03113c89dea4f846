import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  type FieldConfigSource,
  RowBuilder,
  TimePickerBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { AnnotationSource } from './annotations.ts';
import type { LinkSource } from './links.ts';
import type { PanelSource } from './panels.ts';
import type { VariableSource } from './variables.ts';

export interface Row {
  readonly title: string;
  readonly panels: readonly PanelSource[];
}

export interface DashboardSpec {
  /** Fixed, so that a link to it holds for good. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
  readonly variables: readonly VariableSource[];
  readonly annotations: readonly AnnotationSource[];
  readonly links: readonly LinkSource[];
}

/** Panels of one row get numbers of one hundred: a panel that is added changes those after it in its row only. */
const rowStride = 100;

/** Puts a dashboard together, row under row, as Grafana's classic JSON. */
export function dashboard(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags(['leak-lab'])
    .editable()
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-15m', to: 'now' })
    .timepicker(new TimePickerBuilder().refreshIntervals(['5s', '10s', '30s', '1m']))
    .refresh('5s')
    .variables([...spec.variables])
    .annotations([...spec.annotations])
    .links([...spec.links]);
  const numbers: number[] = [];
  for (const [index, { title, panels }] of spec.rows.entries()) {
    const first = (index + 1) * rowStride;
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panel);
    numbers.push(first, ...panels.map((_, place) => first + place + 1));
  }
  const built = builder.build();
  for (const [index, panel] of (built.panels ?? []).entries()) panel.id = numbers[index] ?? index;
  return withoutDefaults(built);
}

/** Takes out what the builders put in unasked. */
function withoutDefaults(built: Dashboard): Dashboard {
  // These would hide in a menu, where nobody who does not know of them finds them.
  for (const hidden of [...(built.annotations.list ?? []), ...(built.links ?? [])]) delete hidden.placement;
  // A link of a panel's values has a title and an address; the rest is of a dashboard's links.
  for (const { defaults } of fieldConfigsOf(built))
    if (defaults.links)
      defaults.links = defaults.links.map(
        ({ title, url, targetBlank }) => ({ title, url, targetBlank }) as DashboardLink,
      );
  // These are of another kind of variable, and no type of Grafana's own knows them here.
  for (const variable of built.templating.list ?? []) {
    delete variable.auto;
    delete variable.auto_min;
    delete variable.auto_count;
  }
  return built;
}

const fieldConfigsOf = ({ panels = [] }: Dashboard): FieldConfigSource[] =>
  panels.flatMap((panel) => ('fieldConfig' in panel && panel.fieldConfig ? [panel.fieldConfig] : []));
