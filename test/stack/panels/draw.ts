/** What Grafana would draw: the queries of a dashboard's panels, run against the real Prometheus. */
import { type CommittedDashboard, isRow } from '../../../grafana/test/committed.ts';
import { getJson, type SeriesAnswer } from '../ask.ts';

/** A stretch of time, seconds since the epoch. */
export interface Span {
  readonly from_seconds: number;
  readonly to_seconds: number;
}

export type Variables = Readonly<Record<string, string>>;

export interface Line {
  /** "row / panel". */
  readonly panel: string;
  /** As the legend names it. */
  readonly name: string;
  /** Finite numbers only, in the order of time. */
  readonly points: readonly { readonly at_seconds: number; readonly value: number }[];
}

/** Between the points of a line. */
export const step_seconds = 2;

/** Puts in what Grafana would, for every name it knows of; throws for one that nobody set. */
export function fill(expr: string, variables: Variables, { from_seconds, to_seconds }: Span): string {
  const known: Variables = { ...variables, __range: `${Math.ceil(to_seconds - from_seconds)}s` };
  return expr.replaceAll(/\$([a-z_]\w*)/gi, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`Expected a value for $${name} of ${expr}, got none`);
    return value;
  });
}

/** Runs one query over the span. Throws what Prometheus says where it refuses. */
export async function queryRange(prometheusUrl: string, expr: string, span: Span): Promise<SeriesAnswer[]> {
  const parameters = new URLSearchParams({
    query: expr,
    start: span.from_seconds.toFixed(3),
    end: span.to_seconds.toFixed(3),
    step: `${step_seconds}`,
  });
  const answer = await getJson<{ data: { result: SeriesAnswer[] } }>(
    `${prometheusUrl}/api/v1/query_range?${parameters}`,
  );
  return answer.data.result;
}

/** Every line of every panel. A query without an answer gives none. */
export async function drawPanels(
  prometheusUrl: string,
  dashboard: CommittedDashboard,
  variables: Variables,
  span: Span,
): Promise<Line[]> {
  const lines: Line[] = [];
  let row = '';
  for (const panel of dashboard.panels) {
    if (isRow(panel)) row = panel.title;
    else
      for (const { expr, legendFormat } of panel.targets ?? [])
        for (const { metric, values } of await queryRange(prometheusUrl, fill(expr, variables, span), span))
          lines.push({
            panel: `${row} / ${panel.title}`,
            name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ''),
            points: values
              .map(([at_seconds, text]) => ({ at_seconds, value: Number(text) }))
              .filter(({ value }) => Number.isFinite(value)),
          });
  }
  return lines;
}

/** The values a variable offers: those that Prometheus knows, or the list it was given. */
export async function valuesOf(
  prometheusUrl: string,
  { type, query }: { readonly type?: string; readonly query?: unknown },
): Promise<string[]> {
  if (type === 'custom') return String(query).split(',');
  const [, match, label] = /^label_values\((.*), (\w+)\)$/.exec((query as { query: string }).query) ?? [];
  if (!match || !label) throw new Error(`Expected label_values(series, label), got ${JSON.stringify(query)}`);
  const url = `${prometheusUrl}/api/v1/label/${label}/values?match[]=${encodeURIComponent(match)}`;
  return (await getJson<{ data: string[] }>(url)).data;
}
