const widest = 90;
const most_rows = 40;

/** Two outputs beside each other, the first one's line number `wrong` (from 0) marked; of a long one the begin. */
export function sideBySide(expected: readonly string[], real: readonly string[], wrong?: number): string {
  const titles = ['shown', 'real'] as const;
  const width = Math.min(widest, Math.max(titles[0].length, ...expected.map(({ length }) => length)));
  const row = (left: string, right: string, sign: string) =>
    `  ${sign} ${left.slice(0, width).padEnd(width)} │ ${right}`.trimEnd();
  const length = Math.max(expected.length, real.length);
  const rows = Array.from({ length: Math.min(length, Math.max(most_rows, expected.length)) }, (_, at) =>
    row(expected[at] ?? '', real[at] ?? '', at === wrong ? '✗' : ' '),
  );
  const left = length - rows.length;
  const rest = left > 0 ? [`    and ${left} lines more`] : [];
  return [row(...titles, ' '), ...rows, ...rest].join('\n');
}
