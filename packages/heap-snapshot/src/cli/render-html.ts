import type { ClassPaths } from '../types.ts';
import { diffColumns, summaryColumns } from './columns.ts';
import { style } from './html-style.ts';
import { Html, html } from './html-text.ts';
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

/**
 * The report as one page: no script, and a policy that forbids any, so that no name in a snapshot can run;
 * nothing is loaded from elsewhere.
 */
export function renderHtml(report: Report): string {
  const title = report.kind === 'diff' ? 'Heap snapshots compared' : 'Heap snapshot';
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${head(report)}
${report.kind === 'diff' ? table(diffColumns(report), report.classes, growthOf) : table(summaryColumns(report), report.classes, () => '')}
${paragraph(restText(report))}
${report.kind === 'diff' ? list('Collections that only grow', collectionLines(report.growing)) : ''}
${list('Greatest objects', report.objects.map(objectText))}
${section('What holds them', report.paths.map(pathsBlock))}
</main>
</body>
</html>
`;
  return page.markup;
}

function head(report: Report): Html {
  if (report.kind === 'summary') return html`<p>${snapshotText(report.snapshot)}</p>`;
  const files = report.snapshots.map((snapshot) => html`<li>${snapshotText(snapshot)}</li>`);
  const warnings = report.warnings.map((text) => html`<p role="alert">Warning: ${safeText(text, 1000)}</p>`);
  const rules = report.rules.map(
    (rule) => html`<p class="${rule.broken ? 'grew' : 'shrank'}">${ruleText(rule)}</p>`,
  );
  return html`<ol>${files}</ol>${warnings}${rules}`;
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], kind: (row: Row) => string): Html {
  const heads = columns.map(({ heading }) => html`<th scope="col">${heading}</th>`);
  const lines = rows.map(
    (row) => html`<tr class="${kind(row)}">${columns.map(({ text }) => html`<td>${text(row)}</td>`)}</tr>\n`,
  );
  return html`<div class="wide"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table></div>`;
}

function growthOf({
  retained_bytes_delta,
  self_bytes_delta,
}: {
  retained_bytes_delta: number | null;
  self_bytes_delta: number;
}) {
  const growth = retained_bytes_delta ?? self_bytes_delta;
  return growth > 0 ? 'grew' : growth < 0 ? 'shrank' : '';
}

function pathsBlock(paths: ClassPaths): Html {
  const clusters = clustersShown(paths).map((cluster) => {
    const steps = cluster.steps.map((step) => html`<li>${stepText(step)}</li>`);
    return html`<details open><summary>${clusterText(cluster)}</summary><ol>${steps}</ol></details>\n`;
  });
  return html`<h3>${pathsHeading(paths)}</h3>\n${clusters}${paragraph(clustersLeftText(paths))}`;
}

function section(title: string, blocks: readonly Html[]): Html {
  return blocks.length > 0 ? html`<h2>${title}</h2>\n${blocks}` : html``;
}

function list(title: string, lines: readonly string[]): Html {
  return section(
    title,
    lines.length > 0 ? [html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`] : [],
  );
}

function paragraph(text: string): Html {
  return text ? html`<p>${text}</p>` : html``;
}
