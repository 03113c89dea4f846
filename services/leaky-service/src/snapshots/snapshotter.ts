import { createReadStream, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSnapshot, writeHeapSnapshot } from 'node:v8';
import type { Logger } from 'pino';
import { ServiceError } from '../errors.ts';
import { partialName, prepareDirectory, removePartial, snapshotName, writingFailed } from './directory.ts';
import type { GuardWord, SnapshotGuard, Way } from './guard.ts';

/** A snapshot that was written, whole. */
export interface WrittenSnapshot {
  /** Its name in SNAPSHOT_DIRECTORY. */
  readonly file: string;
  readonly size_bytes: number;
  readonly seconds: number;
  readonly pid: number;
  readonly live_heap_bytes: number;
  readonly taken_at: string;
  readonly forced: boolean;
}

/** A snapshot on its way to whoever asked. */
export interface StreamedSnapshot {
  readonly name: string;
  readonly body: Readable;
  /** Known where it was written to a file first. */
  readonly size_bytes: number | undefined;
}

/** Requests that came while the loop stood still hear that a snapshot is under way: they do not each begin one. */
const settle_ms = 50;
/** The log's last line gets this long to be written, while memory may grow on; a millisecond is usual. */
const longestFlush_ms = 50;

/** Takes heap snapshots: one at a time, and none that the guard says would not fit, unless forced. */
export class Snapshotter {
  readonly #guard: SnapshotGuard;
  readonly #directory: string | undefined;
  readonly #logger: Logger;
  #underWay_seconds: number | undefined;

  constructor(guard: SnapshotGuard, directory: string | undefined, logger: Logger) {
    this.#guard = guard;
    this.#directory = directory;
    this.#logger = logger;
    if (directory !== undefined) removePartial(directory);
  }

  /** How a snapshot would leave: by a file where there is a directory for it. */
  get way(): Way {
    return this.#directory === undefined ? 'stream' : 'file';
  }

  /** Writes one into the directory. A name without `.partial` stands for a whole file only. */
  async write(force: boolean): Promise<WrittenSnapshot> {
    const directory = this.#directory;
    if (directory === undefined) {
      throw new ServiceError(
        'no_snapshot_directory',
        'Expected SNAPSHOT_DIRECTORY to name a directory; it is not set. Set it, or GET /admin/heap/snapshot to have one streamed.',
      );
    }
    return this.#alone(async () => {
      const word = await this.#permit(force, 'file');
      const taken = new Date();
      const file = snapshotName(taken, process.pid);
      const began_ms = performance.now();
      const partial = await this.#capture(directory, file, word);
      try {
        renameSync(partial, join(directory, file));
      } catch (error) {
        rmSync(partial, { force: true });
        throw writingFailed(directory, error);
      }
      return {
        file,
        size_bytes: statSync(join(directory, file)).size,
        seconds: Math.round(performance.now() - began_ms) / 1000,
        pid: process.pid,
        live_heap_bytes: word.live_heap_bytes,
        taken_at: taken.toISOString(),
        forced: !word.fits,
      };
    });
  }

  /**
   * Hands one to `send`, which resolves when it has left or its reader has. By way of a file that nobody else sees
   * where there is a directory, since V8's own stream puts the whole document into memory first.
   */
  async stream(force: boolean, send: (snapshot: StreamedSnapshot) => Promise<void>): Promise<void> {
    const name = snapshotName(new Date(), process.pid);
    const directory = this.#directory;
    if (directory === undefined) {
      await this.#alone(async () => {
        this.#announce(await this.#permit(force, 'stream'));
        const body = this.#guard.reuse.around(() => getHeapSnapshot());
        await send({ name, body, size_bytes: undefined });
      });
      return;
    }
    const partial = await this.#alone(async () =>
      this.#capture(directory, name, await this.#permit(force, 'file')),
    );
    // The next one may be taken while a slow reader has this one sent.
    try {
      const { size } = statSync(partial);
      await send({ name, body: createReadStream(partial), size_bytes: size });
    } finally {
      rmSync(partial, { force: true });
    }
  }

  /** Writes to the temporary name, and returns its path. The event loop stands still meanwhile. */
  async #capture(directory: string, file: string, word: GuardWord): Promise<string> {
    prepareDirectory(directory, word.estimated_objects * leastDocument_bytes);
    const partial = join(directory, partialName(file));
    this.#announce(word);
    try {
      this.#guard.reuse.around(() => writeHeapSnapshot(partial));
    } catch (error) {
      rmSync(partial, { force: true });
      throw writingFailed(directory, error);
    }
    await pause(settle_ms);
    return partial;
  }

  #announce(word: GuardWord): void {
    this.#underWay_seconds = word.estimated_seconds;
    const { live_heap_bytes, estimated_cost_bytes, available_bytes, fits } = word;
    const message = fits
      ? 'taking a heap snapshot'
      : 'taking a heap snapshot that will probably end this process';
    this.#logger[fits ? 'info' : 'warn']({ live_heap_bytes, estimated_cost_bytes, available_bytes }, message);
  }

  /** In the log before it begins, since it may be the last that the process does. */
  async #tellAsked(force: boolean): Promise<void> {
    this.#logger.info({ force }, 'a heap snapshot was asked for');
    const written = new Promise<void>((resolve) => this.#logger.flush(() => resolve()));
    // Not at once, which would stop the service for as long as a reader stalls.
    await Promise.race([written, pause(longestFlush_ms, undefined, { ref: false })]);
  }

  /** From the guard's word on nothing is waited for: what is captured is the heap that was judged. */
  async #permit(force: boolean, way: Way): Promise<GuardWord> {
    await this.#tellAsked(force);
    const word = await this.#guard.judge(way);
    if (word.fits || force) return word;
    const mb = (bytes: number | null) => `${Math.round((bytes ?? 0) / 2 ** 20)} MB`;
    throw new ServiceError(
      'snapshot_would_not_fit',
      `A snapshot would take ${mb(word.estimated_cost_bytes)} and ${mb(word.available_bytes)} of ${mb(word.limit_bytes)} are left: the process would be killed. ${word.advice[0]}`,
      { ...word },
    );
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#underWay_seconds !== undefined) {
      const retry_after_seconds = Math.max(1, Math.ceil(this.#underWay_seconds));
      throw new ServiceError(
        'snapshot_under_way',
        `A snapshot is being taken: one at a time. Try again in ${retry_after_seconds} s.`,
        { retry_after_seconds },
      );
    }
    this.#underWay_seconds = 1;
    try {
      return await work();
    } finally {
      this.#underWay_seconds = undefined;
    }
  }
}

/** An object takes at least this much of the file, its references with it. */
const leastDocument_bytes = 60;
