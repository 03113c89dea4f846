import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';
import type { Warnings } from '../warnings.ts';
import { Database } from './database.ts';
import { LockedError, lockDirectory } from './lock.ts';
import { databaseFile, openDatabase, openInMemory, setAside } from './open.ts';
import { faultOf } from './sqlite-error.ts';
import { Writer } from './writer.ts';

/** The record: reads go to `database`, writes through `writer`. */
export interface Store {
  readonly database: Database;
  readonly writer: Writer;
  readonly keptIn: 'file' | 'memory';
  close(): void;
}

/**
 * Opens the record in `directory`; where nothing can be written there, one in memory, with a warning.
 * Throws {@link LockedError} where another console has it.
 */
export function openStore(directory: string, warnings: Warnings, logger: Logger): Store {
  const tellSetAside = (file: string, reason: string): void => {
    warnings.raise(
      'database_set_aside',
      `The database could not be read (${reason}). It was set aside as ${file}, and a new one begun. Delete the old one when you need it no more.`,
    );
  };
  const opened = openOrFallBack(directory, warnings, tellSetAside);
  const database = new Database(opened.connection);
  const writer = new Writer(warnings, logger, (error) => {
    const file = databaseFile(directory);
    database.close();
    const aside = opened.unlock === undefined ? '(memory)' : setAside(file, 'corrupt');
    tellSetAside(aside, error.message);
    database.exchange(openOrFallBack(directory, warnings, tellSetAside, opened.unlock).connection);
  });
  return {
    database,
    writer,
    keptIn: opened.unlock === undefined ? 'memory' : 'file',
    close() {
      database.close();
      opened.unlock?.();
    },
  };
}

interface Kept {
  readonly connection: DatabaseSync;
  readonly unlock: (() => void) | undefined;
}

function openOrFallBack(
  directory: string,
  warnings: Warnings,
  tellSetAside: (file: string, reason: string) => void,
  lockHeld?: () => void,
): Kept {
  let unlock = lockHeld;
  try {
    mkdirSync(directory, { recursive: true });
    unlock ??= lockDirectory(directory);
    const { connection, setAside: aside } = openDatabase(directory);
    if (aside) tellSetAside(aside.file, aside.reason);
    return { connection, unlock };
  } catch (error) {
    if (error instanceof LockedError || faultOf(error) === 'other') throw error;
    unlock?.();
    const why = faultOf(error) === 'full' ? 'its disk is full' : 'it cannot be written';
    warnings.raise(
      'not_kept',
      `Nothing is kept in ${directory}: ${why} (${(error as Error).message}). The record is in memory and ends with the console. Free or unlock the folder and start the console again.`,
    );
    return { connection: openInMemory(), unlock: undefined };
  }
}
