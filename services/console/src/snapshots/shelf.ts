import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HttpError } from '@leak-lab/json-service';
import type { SnapshotRecord } from '../api/contract.ts';
import {
  deleteSnapshot,
  insertSnapshot,
  listSnapshots,
  pinSnapshot,
  readSnapshot,
  type StoredSnapshot,
} from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';

export interface ShelfLimits {
  readonly count: number;
  readonly bytes: number;
}

export const shelfLimits: ShelfLimits = { count: 20, bytes: 4 * 2 ** 30 };

/** The snapshots that are kept: their files in `directory`, what is known of them in the record. */
export class Shelf {
  readonly directory: string;
  readonly limits: ShelfLimits;
  readonly #store: Store;
  /** Called when what is on the shelf has changed. */
  readonly #changed: () => void;

  constructor(directory: string, store: Store, changed: () => void, limits: ShelfLimits = shelfLimits) {
    this.directory = directory;
    this.limits = limits;
    this.#store = store;
    this.#changed = changed;
  }

  /** Newest first, each with what is wrong with its file now. */
  list(): SnapshotRecord[] {
    return listSnapshots(this.#store.database).map((snapshot) => this.#look(snapshot));
  }

  read(id: number): SnapshotRecord {
    const snapshot = readSnapshot(this.#store.database, id);
    if (snapshot === undefined) {
      throw new HttpError(
        404,
        'unknown_snapshot',
        `There is no snapshot ${id}. GET /api/snapshots lists what there is.`,
      );
    }
    return this.#look(snapshot);
  }

  /** The path of a snapshot that can be read. Throws 410 where its file is not what it was. */
  pathOf(id: number): string {
    const { file, fault } = this.read(id);
    if (fault !== null) throw new HttpError(410, 'snapshot_damaged', fault, { snapshot: id });
    return join(this.directory, file);
  }

  /** Puts a snapshot on the shelf, and takes off what no longer fits, the oldest that is not pinned first. */
  add(snapshot: Omit<StoredSnapshot, 'id' | 'pinned'>): SnapshotRecord {
    const { database, writer } = this.#store;
    const known = listSnapshots(database).find(({ file }) => file === snapshot.file);
    const stored = {
      ...snapshot,
      id: known?.id ?? database.nextId('snapshots'),
      pinned: known?.pinned ?? false,
    };
    writer.write(() => insertSnapshot(database, stored));
    this.#makeRoom(stored.id);
    this.#changed();
    return this.#look(stored);
  }

  pin(id: number, pinned: boolean): SnapshotRecord {
    const snapshot = this.read(id);
    this.#store.writer.write(() => pinSnapshot(this.#store.database, id, pinned));
    this.#changed();
    return { ...snapshot, pinned };
  }

  remove(id: number): void {
    this.#drop(this.read(id));
    this.#changed();
  }

  /** Throws 409 where everything is pinned and there is no room for one more. */
  requireRoom(): void {
    const pinned = this.list().filter((snapshot) => snapshot.pinned);
    const bytes = pinned.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    if (pinned.length < this.limits.count && bytes < this.limits.bytes) return;
    throw new HttpError(
      409,
      'shelf_full',
      `At most ${this.limits.count} snapshots or ${this.limits.bytes / 2 ** 30} GB are kept, and ${pinned.length} are pinned. Unpin or delete one first.`,
      { pinned: pinned.length, pinned_bytes: bytes },
    );
  }

  #makeRoom(newest: number): void {
    const snapshots = listSnapshots(this.#store.database);
    let count = snapshots.length;
    let bytes = snapshots.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    for (const snapshot of snapshots.toReversed()) {
      if (count <= this.limits.count && bytes <= this.limits.bytes) return;
      if (snapshot.pinned || snapshot.id === newest) continue;
      this.#drop(snapshot);
      count -= 1;
      bytes -= snapshot.size_bytes;
    }
  }

  #drop({ id, file }: StoredSnapshot): void {
    rmSync(join(this.directory, file), { force: true });
    this.#store.writer.write(() => deleteSnapshot(this.#store.database, id));
  }

  #look(snapshot: StoredSnapshot): SnapshotRecord {
    return { ...snapshot, fault: faultOfFile(join(this.directory, snapshot.file), snapshot) };
  }
}

function faultOfFile(path: string, { file, size_bytes }: StoredSnapshot): string | null {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return `The file ${file} is gone from the folder of snapshots. Delete this entry.`;
  if (size === size_bytes) return null;
  return `The file ${file} has ${size} bytes and had ${size_bytes} when it was taken. Delete this entry and take another.`;
}
