import type { DiffRow } from '../../../src/api/contract.ts';

/** The columns of the table by class, and what each sorts by. */
export const classColumns = {
  name: ({ class_name }: DiffRow) => class_name,
  count: ({ count_delta }: DiffRow) => count_delta,
  own: ({ self_delta_bytes }: DiffRow) => self_delta_bytes,
  retained: ({ retained_delta_bytes }: DiffRow) => retained_delta_bytes,
  holds: ({ retained_after_bytes }: DiffRow) => retained_after_bytes,
} as const satisfies Record<string, (row: DiffRow) => string | number>;

export type ClassColumn = keyof typeof classColumns;

/** Rows whose class, its source or its line has `text` in it, whatever the case. */
export function matching(rows: readonly DiffRow[], text: string): readonly DiffRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter(({ class_name, source, allocated_at }) =>
    [class_name, source, allocated_at?.location].some((word) => word?.toLowerCase().includes(wanted)),
  );
}

/** The class to look at first: the one that holds most more, has new objects and a known path; not one of V8's own. */
export function mostTelling(rows: readonly DiffRow[]): DiffRow | undefined {
  const byGrowth = rows.toSorted((a, b) => b.retained_delta_bytes - a.retained_delta_bytes);
  const held = byGrowth.filter(({ paths }) => paths.length > 0);
  const isOwn = ({ class_name }: DiffRow) => !/^(\(|system \/)/.test(class_name);
  return held.find((row) => row.count_delta > 0 && isOwn(row) && !isContainer(row)) ?? held[0] ?? byGrowth[0];
}

/** Containers hold what leaks; what is in them says more. */
const isContainer = ({ class_name }: DiffRow) => ['Map', 'Set', 'Array', 'Object'].includes(class_name);
