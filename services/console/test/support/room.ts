import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';

/** A folder for the record and what is shared, and all that a test starts in it: gone when the test is over. */
export class Room {
  readonly folder = mkdtempSync(join(tmpdir(), 'leak-lab-console-'));
  readonly #undone: (() => unknown)[] = [];

  constructor() {
    for (const name of ['snapshots', 'reports'])
      mkdirSync(join(this.folder, 'shared', name), { recursive: true });
  }

  /** Has something undone at the end, what came last first. */
  atEnd(undo: () => unknown): void {
    this.#undone.unshift(undo);
  }

  async leave(): Promise<void> {
    for (const undo of this.#undone) await undo();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A test with a room of its own, so that tests run at the same time: they mostly wait for the next second. */
export const roomTest = test.extend<{ room: Room }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from this pattern
  room: async ({}, use) => {
    const room = new Room();
    await use(room);
    await room.leave();
  },
}).concurrent;
