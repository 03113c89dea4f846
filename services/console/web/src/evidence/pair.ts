import type { SnapshotRecord } from '../../../src/api/contract.ts';

/** Two snapshots to compare, by id. */
export interface Pair {
  readonly before: number | null;
  readonly after: number | null;
}

/** What is compared: what was chosen, where it is still there; else the two newest of one process that can be read. */
export function pairOf(records: readonly SnapshotRecord[], wanted: Pair): Pair {
  const readable = records
    .filter(({ fault }) => fault === null)
    .sort((a, b) => b.taken_at_ms - a.taken_at_ms);
  const has = (id: number | null) => readable.some((record) => record.id === id);
  const after = has(wanted.after)
    ? wanted.after
    : (readable.find(({ id }) => id !== wanted.before)?.id ?? null);
  if (has(wanted.before) && wanted.before !== after) return { before: wanted.before, after };
  const chosen = readable.find(({ id }) => id === after);
  const older = readable.filter(
    ({ taken_at_ms }) => chosen !== undefined && taken_at_ms < chosen.taken_at_ms,
  );
  const sameProcess = older.find(({ pid }) => pid === chosen?.pid);
  return { before: (sameProcess ?? older[0])?.id ?? null, after };
}
