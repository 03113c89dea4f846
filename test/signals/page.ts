/** docs/signals.md, from the table of signals, the dashboards and the rules. */
import { queriedPanels } from '../../grafana/test/committed.ts';
import { metricsIn, parse } from '../../grafana/test/promql.ts';
import { rules } from './rules.ts';
import type { LogLine, Metric, Span } from './signal.ts';
import { logLines, metrics, spans } from './signals.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Panels that draw a metric: by itself first, then by what a rule makes of it. */
function panelsOf(name: string): string[] {
  const itself = new Set([name]);
  const made = new Set(itself);
  for (const { record, expr } of rules) if (record && asks(expr, made)) made.add(record);
  const drawing = (names: ReadonlySet<string>): string[] =>
    queriedPanels
      .filter(({ panel }) => panel.targets?.some(({ expr }) => asks(expr, names)))
      .map(({ row: title, panel }) => `${title}: ${panel.title}`);
  return [...new Set([...drawing(itself), ...drawing(made)])];
}

const asks = (expr: string, names: ReadonlySet<string>): boolean =>
  metricsIn(parse(expr)).some((one) => names.has(one) || names.has(one.replace(/_(bucket|sum|count)$/, '')));

function seenIn(name: string): string {
  const panels = panelsOf(name);
  if (panels.length === 0) return 'Prometheus';
  const [first, ...others] = panels;
  return others.length === 0 ? `${first}` : `${first}, and ${others.length} more`;
}

const metricRow = ({ name, type, labels, says, when }: Metric): string =>
  row(`\`${name}\``, type, code(labels), says, when, seenIn(name));
const spanRow = ({ part, name, kind, says, when, attributes, resource }: Span): string =>
  row(part, `\`${name}\``, kind, says, when, code(attributes), code(resource));
const logRow = ({ part, message, says, when, fields }: LogLine): string =>
  row(part, `\`${message}\``, says, when, code(fields));

export function signalsPage(): string {
  const parts = [...new Set(metrics.map(({ part }) => part))];
  return `${[
    '# What each part of the lab emits',
    'Written from [`test/signals`](../test/signals/signals.ts) by `npm run signals`. `./lab test` fails where this page is another one, `./lab test --stack` where one of these does not arrive.',
    '## Metrics',
    'In Prometheus, with `job` and `instance` beside the labels named. "Seen in" is the first panel that draws it, or what a rule makes of it.',
    ...parts.flatMap((part) => [
      `### ${part}`,
      table(
        ['metric', 'type', 'labels', 'what it says', 'there', 'seen in'],
        metrics.filter((metric) => metric.part === part).map(metricRow),
      ),
    ]),
    '## Traces',
    'In Jaeger, from the dots in "Requests: Duration", from a log line by its `trace_id`, and from the link "Traces" of the dashboards.',
    table(
      ['part', 'span', 'kind', 'what it says', 'there', 'attributes', 'of the process'],
      spans.map(spanRow),
    ),
    '## Logs',
    'One JSON object a line: `docker compose logs leaky-service`, `./lab logs`.',
    table(['part', '`msg`', 'what it says', 'there', 'fields'], logLines.map(logRow)),
  ].join('\n\n')}\n`;
}
