import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  AxisPlacement,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineStyleBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Colour } from './palette.ts';
import { prometheus } from './queries.ts';
import { type Step, thresholds } from './thresholds.ts';

export type PanelSource = Builder<Panel>;

/** One query, and how its lines are drawn. */
export interface Series {
  readonly expr: string;
  /** The name in the legend; `{{label}}` stands for a label's value. */
  readonly legend: string;
  readonly colour?: Colour;
  /** Colours by the name of each line, where the legend is made of labels. */
  readonly colours?: Readonly<Record<string, Colour>>;
  readonly dashed?: boolean;
  /** Drawn against an axis of its own, on the right. */
  readonly right?: { readonly unit: string; readonly label: string };
  /** Whether single requests are drawn as dots that lead to their traces. */
  readonly exemplars?: boolean;
}

export interface PanelSpec {
  readonly title: string;
  /** How to read it: what it shows, what a leak looks like in it, what is no leak. */
  readonly teaches: string;
  readonly unit: string;
  /** Of 24 columns, and in rows of 30 pixels. */
  readonly width: number;
  readonly height: number;
  readonly series: readonly Series[];
  /** Said instead of "No data", where nothing is the right answer. */
  readonly empty?: string;
}

export interface TimeSeriesSpec extends PanelSpec {
  readonly stacked?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Lines across the panel at which something begins, such as an alert. */
  readonly marks?: readonly Step[];
  readonly axisLabel?: string;
}

/** Queries, lettered in their order, as Grafana's own editor does. */
function targetsOf(series: readonly Series[], kind: 'range' | 'instant'): Builder<Dataquery>[] {
  return series.map(({ expr, legend, exemplars = false }, index) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .datasource(prometheus)
      .editorMode(QueryEditorMode.Code)
      .expr(expr)
      .legendFormat(legend);
    if (exemplars) query.exemplar(true);
    return kind === 'instant' ? query.instant() : query.range();
  });
}

/** What every kind of panel over Prometheus has. */
interface Framed {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof prometheus): this;
  span(columns: number): this;
  height(rows: number): this;
  unit(unit: string): this;
  targets(targets: Builder<Dataquery>[]): this;
  noValue(words: string): this;
}

/** Gives a panel its place, its words and its queries. */
export function framed<Panel extends Framed>(
  panel: Panel,
  spec: PanelSpec,
  kind: 'range' | 'instant' = 'range',
): Panel {
  panel
    .title(spec.title)
    .description(spec.teaches)
    .datasource(prometheus)
    .span(spec.width)
    .height(spec.height)
    .unit(spec.unit)
    .targets(targetsOf(spec.series, kind));
  if (spec.empty) panel.noValue(spec.empty);
  return panel;
}

/** Names below the panel, each with the given figures of its line. */
export const legendBelow = (...figures: readonly string[]): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true)
    .calcs([...figures]);

export function timeSeries(spec: TimeSeriesSpec): TimeSeriesBuilder {
  const panel = framed(new TimeSeriesBuilder(), spec)
    .lineWidth(2)
    .fillOpacity(spec.stacked ? 40 : 6)
    .showPoints(VisibilityMode.Never)
    // A gap of a few scrapes is a death; it must be seen as one.
    .spanNulls(false)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(legendBelow('lastNotNull'));
  if (spec.min !== undefined) panel.min(spec.min);
  if (spec.max !== undefined) panel.max(spec.max);
  if (spec.axisLabel) panel.axisLabel(spec.axisLabel);
  if (spec.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (spec.marks) {
    panel.thresholds(thresholds(spec.marks));
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const series of spec.series) {
    const properties = drawnAs(series);
    if (properties.length > 0) panel.overrideByName(series.legend, properties);
    for (const [name, colour] of Object.entries(series.colours ?? {}))
      panel.overrideByName(name, [fixedColour(colour)]);
  }
  return panel;
}

function drawnAs({ colour, dashed, right }: Series): DynamicConfigValue[] {
  const properties: DynamicConfigValue[] = [];
  if (colour) properties.push(fixedColour(colour));
  if (dashed) {
    properties.push({
      id: 'custom.lineStyle',
      value: new LineStyleBuilder().fill('dash').dash([10, 6]).build(),
    });
    properties.push({ id: 'custom.fillOpacity', value: 0 });
  }
  if (right) {
    properties.push({ id: 'custom.axisPlacement', value: AxisPlacement.Right });
    properties.push({ id: 'custom.axisLabel', value: right.label });
    properties.push({ id: 'unit', value: right.unit });
  }
  return properties;
}

const fixedColour = (colour: Colour): DynamicConfigValue => ({
  id: 'color',
  value: { mode: FieldColorModeId.Fixed, fixedColor: colour },
});

export interface TextSpec extends Pick<PanelSpec, 'title' | 'teaches' | 'width' | 'height'> {
  readonly markdown: string;
}

export function text({ title, teaches, width, height, markdown }: TextSpec): PanelSource {
  return new TextBuilder()
    .title(title)
    .description(teaches)
    .span(width)
    .height(height)
    .mode(TextMode.Markdown)
    .content(markdown);
}
