import { median } from '@leak-lab/leak-verdict';
import type { Measurement } from './run.ts';
import type { Variant } from './variants.ts';

export interface Row {
  readonly variant: Variant;
  readonly rounds: readonly Measurement[];
}

/** Medians of all rounds as a Markdown table; ratios are to the first row, round by round. */
export function markdownTable(rows: readonly Row[]): string {
  const base = rows[0];
  const lines = rows.map(({ variant, rounds }) => {
    const ratio = median(
      rounds.map(
        (round, at) => round.requestsPerSecond / (base?.rounds[at]?.requestsPerSecond ?? Number.NaN),
      ),
    );
    const perSecond = Math.round(median(rounds.map((round) => round.requestsPerSecond)));
    const peaks = rounds.flatMap(({ peak_bytes }) => peak_bytes ?? []);
    const peak = peaks.length > 0 ? `${Math.round(median(peaks) / 2 ** 20)} MB` : 'not known';
    const target = variant.target === undefined ? '' : `≥ ${variant.target.toFixed(2)}`;
    return `| ${variant.name} | ${perSecond.toLocaleString('en')} | ${ratio.toFixed(2)} | ${target} | ${peak} |`;
  });
  return [
    '| server | requests a second | of plain | target | resident at its highest |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** Puts `section` between its markers in a document, or at its end where they are not there yet. */
export function withSection(document: string, name: string, section: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const marked = `${begin}\n${section.trim()}\n${end}`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${marked}\n`;
  return document.slice(0, from) + marked + document.slice(to + end.length);
}
