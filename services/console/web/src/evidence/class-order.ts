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
