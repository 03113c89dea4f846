import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, NewerDatabase } from './migrations.ts';
import { faultOf } from './sqlite-error.ts';

/** A database that is open, and what had to be done for it. */
export interface Opened {
  readonly connection: DatabaseSync;
  /** Where the unreadable database before it is now. */
  readonly setAside: { readonly file: string; readonly reason: string } | undefined;
}

export const databaseFile = (directory: string): string => join(directory, 'console.db');

/**
 * Opens the database in `directory`, made if there is none. One that is corrupt or of a later version is set aside
 * under a name that tells when, and a new one begun. Throws where the directory cannot be written.
 */
export function openDatabase(directory: string): Opened {
  const file = databaseFile(directory);
  try {
    return { connection: openSound(file), setAside: undefined };
  } catch (error) {
    const newer = error instanceof NewerDatabase;
    if (!newer && faultOf(error) !== 'corrupt') throw error;
    const aside = setAside(file, newer ? 'newer' : 'corrupt');
    const reason = (error as Error).message;
    return { connection: openSound(file), setAside: { file: aside, reason } };
  }
}

/** A database that lives as long as the process: what is left where nothing can be written. */
export function openInMemory(): DatabaseSync {
  const connection = new DatabaseSync(':memory:');
  migrate(connection);
  return connection;
}

function openSound(file: string): DatabaseSync {
  const connection = new DatabaseSync(file);
  try {
    // With WAL and NORMAL what is committed survives the end of the process at any moment; only a power failure
    // may cost the last seconds. FULL would wait for the disk each second.
    connection.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8388608',
    );
    const { quick_check } = connection.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (quick_check !== 'ok') throw Object.assign(new Error(quick_check), { errcode: 11 });
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Moves a database and its side files out of the way; returns its new name. */
export function setAside(file: string, why: 'corrupt' | 'newer'): string {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const aside = file.replace(/\.db$/, `-${why}-${stamp}.db`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
