import type { AllocationLine, Allocations } from '../api/contract.ts';
import type { Database } from './database.ts';

/** One line of a profile as the service tells it. */
export type ProfileLine = Omit<AllocationLine, 'growth_bytes' | 'growth_count'>;

export interface Profile {
  readonly life: number;
  readonly time_ms: number;
  readonly pid: number;
  /** When the service began to sample, as it says it; `null` where it does not. */
  readonly sampled_since: string | null;
  readonly lines: readonly ProfileLine[];
}

/** Stored as three numbers for each line: its place is written once. */
type PackedLine = readonly [line: number, size_bytes: number, count: number];

interface StoredProfile {
  readonly life: number;
  readonly time_ms: number;
  readonly pid: number;
  readonly sampled_since: string | null;
  readonly lines: readonly PackedLine[];
}

export function insertProfile(database: Database, profile: Profile): void {
  const { life, time_ms, pid, sampled_since, lines } = profile;
  const packed = lines.map(
    (line): PackedLine => [lineId(database, line), Math.round(line.size_bytes), line.count],
  );
  const total = lines.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const sql =
    'INSERT INTO allocation_profiles (id, life, time_ms, pid, total_bytes, lines, sampled_since) VALUES (?, ?, ?, ?, ?, ?, ?)';
  database.run(
    sql,
    database.nextId('allocation_profiles'),
    life,
    time_ms,
    pid,
    total,
    JSON.stringify(packed),
    sampled_since,
  );
}

function lineId(database: Database, { location, file, line, function: name }: ProfileLine): number {
  const known = database.get('SELECT id FROM allocation_lines WHERE location = ?', location)?.['id'];
  if (typeof known === 'number') return known;
  const id = database.nextId('allocation_lines');
  const sql = 'INSERT INTO allocation_lines (id, location, file, line, function) VALUES (?, ?, ?, ?, ?)';
  database.run(sql, id, location, file, line, name);
  return id;
}

/**
 * The profile at or before `at_ms` (of one life, where given), compared with the one of the same sampling at or before
 * `since_ms`, or else its first. The service samples anew after a recording: what it kept before is in no later profile,
 * and would look given back. `undefined` where there is none.
 */
export function allocationsAt(
  database: Database,
  at_ms: number,
  since_ms: number | undefined,
  life?: number,
): Allocations | undefined {
  const find = (condition: string, ...values: (number | string | null)[]) =>
    findProfile(database, condition, ...values);
  const now = find('time_ms <= ? AND life = coalesce(?, life) ORDER BY time_ms DESC', at_ms, life ?? null);
  if (now === undefined) return undefined;
  const { time_ms, sampled_since } = now;
  const same = 'life = ? AND sampled_since IS ? AND time_ms';
  const before =
    since_ms === undefined
      ? undefined
      : (find(`${same} <= ? ORDER BY time_ms DESC`, now.life, sampled_since, Math.min(since_ms, time_ms)) ??
        find(`${same} < ? ORDER BY time_ms`, now.life, sampled_since, time_ms));
  const other = find('life = ? AND sampled_since <> ? AND time_ms < ?', now.life, sampled_since, time_ms);
  return {
    ...compare(database, now, before),
    began_anew_ms: other && sampled_since ? Date.parse(sampled_since) : null,
  };
}

function findProfile(
  database: Database,
  condition: string,
  ...values: (number | string | null)[]
): StoredProfile | undefined {
  const sql = `SELECT life, time_ms, pid, sampled_since, lines FROM allocation_profiles WHERE ${condition} LIMIT 1`;
  const row = database.get(sql, ...values);
  if (row === undefined) return undefined;
  return {
    life: Number(row['life']),
    time_ms: Number(row['time_ms']),
    pid: Number(row['pid']),
    sampled_since: row['sampled_since'] === null ? null : String(row['sampled_since']),
    lines: JSON.parse(String(row['lines'])),
  };
}

/** Lines that neither grew nor hold much are left out. */
const mostLines = 50;

function compare(
  database: Database,
  now: StoredProfile,
  before: StoredProfile | undefined,
): Omit<Allocations, 'began_anew_ms'> {
  const were = new Map(before?.lines.map(([id, size, count]) => [id, { size, count }]));
  const lines: AllocationLine[] = now.lines.map(([id, size_bytes, count]) => {
    const then = were.get(id);
    were.delete(id);
    const growth =
      before === undefined ? [0, 0] : [size_bytes - (then?.size ?? 0), count - (then?.count ?? 0)];
    const [growth_bytes = 0, growth_count = 0] = growth;
    return { ...placeOf(database, id), size_bytes, count, growth_bytes, growth_count };
  });
  const gone = [...were].map(([id, { size, count }]) => ({
    ...placeOf(database, id),
    size_bytes: 0,
    count: 0,
    growth_bytes: -size,
    growth_count: -count,
  }));
  const total = lines.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const byGrowth = [...lines, ...gone].toSorted(
    (a, b) => b.growth_bytes - a.growth_bytes || b.size_bytes - a.size_bytes,
  );
  return {
    time_ms: now.time_ms,
    since_ms: before?.time_ms ?? null,
    pid: now.pid,
    growing: byGrowth.filter(({ growth_bytes }) => growth_bytes >= 0).slice(0, mostLines),
    given_back: byGrowth
      .filter(({ growth_bytes }) => growth_bytes < 0)
      .reverse()
      .slice(0, mostLines),
    total_bytes: total,
    total_growth_bytes: byGrowth.reduce((sum, { growth_bytes }) => sum + growth_bytes, 0),
  };
}

function placeOf(
  database: Database,
  id: number,
): Pick<AllocationLine, 'location' | 'file' | 'line' | 'function'> {
  const row = database.get('SELECT location, file, line, function FROM allocation_lines WHERE id = ?', id);
  return {
    location: String(row?.['location'] ?? '(unknown)'),
    file: String(row?.['file'] ?? ''),
    line: Number(row?.['line'] ?? 0),
    function: String(row?.['function'] ?? ''),
  };
}
