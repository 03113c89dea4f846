import type { Invocation } from './arguments.ts';
import { colours } from './colours.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderTerminal } from './render-terminal.ts';
import type { Report } from './report.ts';

/** The report in the format asked for; for a terminal, in the colours it has. */
export function render(report: Report, { format }: Invocation, stdout: NodeJS.WriteStream): string {
  if (format === 'json') return renderJson(report);
  if (format === 'markdown') return renderMarkdown(report);
  if (format === 'html') return renderHtml(report);
  return renderTerminal(report, colours(Boolean(stdout.isTTY && stdout.hasColors())));
}
