/** One column of a table: its heading and, for a row, its text. */
export interface Column<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string;
}

/**
 * Lines of a table: numbers flush right, two spaces apart, and the last column, which holds the names, as
 * it comes. So the width of a name, which only the terminal knows, moves nothing.
 */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ];
  const last = columns.length - 1;
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines.map((line) =>
    line.map((cell, index) => (index === last ? cell : cell.padStart(widths[index] ?? 0))).join('  '),
  );
}
