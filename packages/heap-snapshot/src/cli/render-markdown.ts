import type { ClassPaths } from '../types.ts';
import { diffColumns, summaryColumns } from './columns.ts';
import { clusterText, snapshotText, stepText } from './names.ts';
import type { Report } from './report.ts';
import { safeText } from './safe-text.ts';
import {
  clustersLeftText,
  clustersShown,
  collectionLines,
  objectText,
  pathsHeading,
  restText,
  ruleText,
} from './sections.ts';
import type { Column } from './table.ts';

/** The report as Markdown, for a comment on a pull request. */
export function renderMarkdown(report: Report): string {
  const blocks = [heading(report)];
  blocks.push(
    report.kind === 'diff'
      ? table(diffColumns(report), report.classes)
      : table(summaryColumns(report), report.classes),
  );
  const rest = restText(report);
  if (rest) blocks.push(literal(rest));
  if (report.kind === 'diff')
    blocks.push(...list('Collections that only grow', collectionLines(report.growing)));
  blocks.push(...list('Greatest objects', report.objects.map(objectText)));
  blocks.push(...report.paths.map(pathsBlock));
  if (report.kind === 'diff') {
    blocks.push(...list('Rules', report.rules.map(ruleText)));
  }
  return `${blocks.join('\n\n')}\n`;
}

function heading(report: Report): string {
  if (report.kind === 'summary') return `### Heap snapshot\n\n- ${literal(snapshotText(report.snapshot))}`;
  const files = report.snapshots.map((snapshot) => `- ${literal(snapshotText(snapshot))}`);
  const warnings = report.warnings.map((warning) => `- **Warning:** ${literal(safeText(warning, 1000))}`);
  return `### Heap snapshots compared\n\n${[...files, ...warnings].join('\n')}`;
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => column.heading)),
    line(columns.map((_, index) => (index === columns.length - 1 ? '---' : '---:'))),
    ...rows.map((row) => line(columns.map((column) => literal(column.text(row))))),
  ].join('\n');
}

function pathsBlock(paths: ClassPaths): string {
  const clusters = clustersShown(paths).map(
    (cluster) =>
      `- ${literal(clusterText(cluster))}\n${cluster.steps.map((step) => `  1. ${literal(stepText(step))}`).join('\n')}`,
  );
  const left = clustersLeftText(paths);
  return `**What holds ${literal(pathsHeading(paths))}**\n\n${[...clusters, ...(left ? [`- ${literal(left)}`] : [])].join('\n')}`;
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`**${title}**\n\n${lines.map((line) => `- ${literal(line)}`).join('\n')}`] : [];
}

/**
 * Text that Markdown must not read as anything but text: what has a meaning becomes a character reference.
 * `@` is one of them, since it calls people on a forge, and `:` before slashes makes a link.
 */
function literal(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#!|~&@$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('://', '&#58;//')
    .replaceAll('www.', 'www&#46;');
}
