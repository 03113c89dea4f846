import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import type { StateDirectory } from './state-directory.ts';

/** What `takeLock` answers: it is ours, or who holds it. */
export type LockResult =
  | { readonly taken: true }
  | { readonly taken: false; readonly holder: ProcessIdentity };

/**
 * Makes this process the one that runs the lab in `directory`; the lock of a process that is gone
 * counts for nothing. The lock appears with its holder's name in it (a hard link of a written file),
 * so nobody ever reads half of it.
 */
export function takeLock(directory: StateDirectory): LockResult {
  const own = identify(process.pid);
  if (own === undefined) throw new Error(`process ${process.pid} could not be identified`);
  const draft = `${directory.lock}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (;;) {
      try {
        linkSync(draft, directory.lock);
        return { taken: true };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(directory);
      if (holder !== undefined) return { taken: false, holder };
      rmSync(directory.lock, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that holds the lock. */
export function lockHolder(directory: StateDirectory): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(readFileSync(directory.lock, 'utf8')) as ProcessIdentity;
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

export function releaseLock(directory: StateDirectory): void {
  rmSync(directory.lock, { force: true });
}
