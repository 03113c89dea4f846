import type { Database } from './database.ts';

/** What the console remembers of itself. */
export type MetaKey = 'deaths_read_to' | 'stopped_in_order_at' | 'deaths_file';

export function readMeta(database: Database, key: MetaKey): string | undefined {
  const value = database.get('SELECT value FROM meta WHERE key = ?', key)?.['value'];
  return typeof value === 'string' ? value : undefined;
}

export function writeMeta(database: Database, key: MetaKey, value: string | undefined): void {
  if (value === undefined) database.run('DELETE FROM meta WHERE key = ?', key);
  else database.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
}
