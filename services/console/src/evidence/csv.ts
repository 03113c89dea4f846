/** Rows of numbers as CSV (RFC 4180) under the names of their columns; `undefined` where there are none. */
export function csv(
  columns: readonly string[],
  rows: Iterable<readonly (number | null)[]>,
): string | undefined {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map((value) => value ?? '').join(','));
  if (lines.length === 0) return undefined;
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}
