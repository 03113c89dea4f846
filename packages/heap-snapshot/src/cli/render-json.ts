import type { Report } from './report.ts';
import { escapeUnsafe } from './safe-text.ts';

/**
 * The report as JSON. Names come out whole; a character that a terminal would act on is written as an
 * escape, which a JSON parser turns back into itself.
 */
export function renderJson(report: Report): string {
  // Such characters can only stand inside strings: line feeds between fields are put in afterwards.
  return `${escapeUnsafe(JSON.stringify(report))}\n`;
}
