/**
 * The factors that bring weighted squares of `rows · factors − values` to their least: the normal equations, solved by
 * elimination with pivots. Enough for a handful of factors.
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[],
): number[] {
  const width = rows[0]?.length ?? 0;
  // Columns of like size keep the elimination exact.
  const scales = Array.from(
    { length: width },
    (_, at) => Math.max(...rows.map((row) => Math.abs(row[at] ?? 0))) || 1,
  );
  const equations = Array.from({ length: width }, () => new Array<number>(width + 1).fill(0));
  for (const [index, row] of rows.entries()) {
    const scaled = row.map((value, at) => value / (scales[at] ?? 1));
    const weight = weights[index] ?? 0;
    for (const [a, equation] of equations.entries()) {
      for (let b = 0; b < width; b++) add(equation, b, weight * (scaled[a] ?? 0) * (scaled[b] ?? 0));
      add(equation, width, weight * (scaled[a] ?? 0) * (values[index] ?? 0));
    }
  }
  eliminate(equations, width);
  return equations.map((equation, at) => (equation[width] ?? 0) / (equation[at] ?? 1) / (scales[at] ?? 1));
}

function eliminate(equations: number[][], width: number): void {
  for (let column = 0; column < width; column++) {
    const size = (row: number) => Math.abs(equations[row]?.[column] ?? 0);
    let pivot = column;
    for (let row = column; row < width; row++) if (size(row) > size(pivot)) pivot = row;
    const chosen = equations[pivot] as number[];
    equations[pivot] = equations[column] as number[];
    equations[column] = chosen;
    for (const [row, equation] of equations.entries()) {
      if (row === column) continue;
      const factor = (equation[column] ?? 0) / (chosen[column] ?? 1);
      for (let at = column; at <= width; at++) add(equation, at, -factor * (chosen[at] ?? 0));
    }
  }
}

function add(row: number[], at: number, value: number): void {
  row[at] = (row[at] ?? 0) + value;
}
