import type { ClassPaths, PathStep } from '../types.ts';
import type { Colours } from './colours.ts';
import { diffColumns, summaryColumns } from './columns.ts';
import { clusterText, snapshotText } from './names.ts';
import type { DiffReport, Report } from './report.ts';
import { safeText } from './safe-text.ts';
import {
  clustersLeftText,
  clustersShown,
  collectionLines,
  objectText,
  pathsHeading,
  restText,
  ruleText,
  stepLines,
} from './sections.ts';
import { tableLines } from './table.ts';

/** The report as lines for a person at a terminal. */
export function renderTerminal(report: Report, colours: Colours): string {
  const lines = report.kind === 'diff' ? diffLines(report, colours) : summaryHead(report);
  lines.push('', ...table(report, colours));
  const rest = restText(report);
  if (rest) lines.push(colours.aside(rest));
  if (report.kind === 'diff') {
    section(lines, colours, 'Collections that only grow', collectionLines(report.growing));
  }
  section(lines, colours, 'Greatest objects', report.objects.map(objectText));
  section(lines, colours, 'What holds them', pathLines(report.paths));
  if (report.kind === 'diff') {
    if (report.rules.length > 0) {
      lines.push(
        '',
        ...report.rules.map((rule) => (rule.broken ? colours.growth : colours.decline)(ruleText(rule))),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function diffLines({ snapshots, warnings }: DiffReport, colours: Colours): string[] {
  const files = snapshots.map((snapshot, index) => `${index + 1}  ${snapshotText(snapshot)}`);
  return [...files, ...warnings.map((warning) => colours.growth(`Warning: ${safeText(warning, 1000)}`))];
}

function summaryHead({ snapshot }: Extract<Report, { kind: 'summary' }>): string[] {
  return [snapshotText(snapshot)];
}

function table(report: Report, colours: Colours): string[] {
  if (report.kind === 'summary') return headed(tableLines(summaryColumns(report), report.classes), colours);
  const [heading, ...rows] = headed(tableLines(diffColumns(report), report.classes), colours);
  return [heading ?? '', ...rows.map((row, index) => coloured(row, report.classes[index], colours))];
}

function headed([heading = '', ...rows]: string[], colours: Colours): string[] {
  return [colours.heading(heading), ...rows];
}

function coloured(row: string, change: DiffReport['classes'][number] | undefined, colours: Colours): string {
  const growth = change?.retained_bytes_delta ?? change?.self_bytes_delta ?? 0;
  return growth > 0 ? colours.growth(row) : growth < 0 ? colours.decline(row) : row;
}

function pathLines(classes: readonly ClassPaths[]): string[] {
  const lines: string[] = [];
  let before: readonly PathStep[] = [];
  for (const paths of classes) {
    lines.push(pathsHeading(paths));
    for (const cluster of clustersShown(paths)) {
      lines.push(
        `  ${clusterText(cluster)}`,
        ...stepLines(cluster.steps, before).map((line) => `    ${line}`),
      );
      before = cluster.steps;
    }
    const left = clustersLeftText(paths);
    if (left) lines.push(`  ${left}`);
  }
  return lines;
}

function section(lines: string[], colours: Colours, title: string, content: readonly string[]): void {
  if (content.length > 0) lines.push('', colours.heading(title), ...content);
}
