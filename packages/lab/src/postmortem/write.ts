import { type Postmortem, type Section, sectionsOf, titleOf } from './postmortem.ts';

/** The report as a terminal shows it. */
export function asText(postmortem: Postmortem): string {
  return [titleOf(postmortem), ...sectionsOf(postmortem).flatMap(textOf)].join('\n');
}

function textOf({ title, facts, table, code = [] }: Section): string[] {
  const width = Math.max(9, ...facts.map(([label]) => label.length));
  const cells = table === undefined || table.rows.length === 0 ? [] : [table.head, ...table.rows];
  const widths = (table?.head ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  const aligned = (text: string, column: number, last: number) =>
    Number.isNaN(Number(cells[1]?.[column])) && column < last
      ? text.padEnd(widths[column] ?? 0)
      : text.padStart(widths[column] ?? 0);
  return [
    '',
    title,
    ...facts.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
    ...cells.map((row) => `  ${row.map((text, column) => aligned(text, column, row.length - 1)).join('  ')}`),
    ...code.map((line) => `    ${line.trim()}`),
  ];
}

/** The report as Markdown, for an incident's page. */
export function asMarkdown(postmortem: Postmortem): string {
  return [`# ${titleOf(postmortem)}`, ...sectionsOf(postmortem).flatMap(markdownOf), ''].join('\n');
}

function markdownOf({ title, facts, table, code = [] }: Section): string[] {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  const rows = table?.rows ?? [];
  return [
    '',
    `## ${title}`,
    '',
    ...facts.map(([label, text]) => `- **${label}**: ${escapeMarkdown(text)}`),
    ...(facts.length > 0 && rows.length > 0 ? [''] : []),
    ...(table === undefined || rows.length === 0
      ? []
      : [row(table.head), `|${'---|'.repeat(table.head.length)}`, ...rows.map(row)]),
    ...(code.length === 0 ? [] : ['', '```', ...code, '```']),
  ];
}

/** Names from the service are data: none of them makes markup. */
const escapeMarkdown = (text: string) =>
  text.replaceAll(/[\\`*_[\]<>]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
const escapeCell = (text: string) => escapeMarkdown(text).replaceAll('|', '\\|');
