import { sep } from 'node:path';
import { HttpError } from '@leak-lab/json-service';
import type { Logger } from 'pino';
import type { Diff } from '../api/contract.ts';
import type { EventLog } from '../record/event-log.ts';
import type { Shelf } from '../snapshots/shelf.ts';
import { allocationsAt } from '../store/allocations.ts';
import { diffOf, failUnfinished, readDiff, saveDiff } from '../store/diffs.ts';
import type { Store } from '../store/store.ts';
import type { Stream } from '../stream/stream.ts';
import { rowsOf } from './to-diff.ts';

export interface AnalysesDeps {
  readonly store: Store;
  readonly shelf: Shelf | undefined;
  readonly events: EventLog;
  readonly stream: Stream;
  readonly logger: Logger;
}

/** Classes beyond these did not grow enough to be looked at. */
const mostClasses = 200;
const classesWithPaths = 15;
const clusters = 3;

/** Compares snapshots, one pair at a time, off this thread. */
export class Analyses {
  readonly #deps: AnalysesDeps;
  #running: { diff: Diff; readonly abort: AbortController } | undefined;
  #closed = false;

  constructor(deps: AnalysesDeps) {
    this.#deps = deps;
    deps.store.writer.write(() => failUnfinished(deps.store.database));
  }

  /** Starts the comparison of two snapshots, or returns the one that is there. Throws 409 while another pair is compared. */
  begin(before: number, after: number): Diff {
    const { shelf, store } = this.#deps;
    if (shelf === undefined)
      throw new HttpError(503, 'no_shared_directory', 'There are no snapshots: set SHARED_DIRECTORY.');
    if (before === after) {
      throw new HttpError(
        400,
        'same_snapshot',
        'Expected two snapshots; got the same one twice. Name another.',
      );
    }
    const now = this.#running?.diff;
    if (now?.before === before && now.after === after) return now;
    const paths = [shelf.pathOf(before), shelf.pathOf(after)];
    const known = diffOf(store.database, before, after);
    if (known !== undefined) return known;
    if (now !== undefined) {
      const message = `Snapshots ${now.before} and ${now.after} are being compared. Wait until that is done, or cancel it by DELETE /api/diffs/${now.id}.`;
      throw new HttpError(409, 'diff_under_way', message, { diff: now.id, retry_after_seconds: 2 });
    }
    const id = store.database.nextId('diffs');
    const diff: Diff = {
      id,
      before,
      after,
      status: 'running',
      progress: 0,
      message: null,
      seconds: null,
      rows: [],
      collections: [],
    };
    const abort = new AbortController();
    this.#running = { diff, abort };
    void this.#run(diff, paths, shelf, abort.signal);
    return diff;
  }

  read(id: number): Diff {
    if (this.#running?.diff.id === id) return this.#running.diff;
    const diff = readDiff(this.#deps.store.database, id);
    if (diff === undefined)
      throw new HttpError(404, 'unknown_diff', `There is no comparison ${id}. Make one by POST /api/diffs.`);
    return diff;
  }

  /** Ends a comparison that is under way. */
  cancel(id: number): Diff {
    if (this.#running?.diff.id !== id) return this.read(id);
    this.#running.abort.abort(new Error('It was cancelled.'));
    return this.#running.diff;
  }

  /** Ends what is under way; nothing is written any more. */
  close(): void {
    this.#closed = true;
    this.#running?.abort.abort(new Error('The console ended.'));
  }

  async #run(begun: Diff, paths: readonly string[], shelf: Shelf, signal: AbortSignal): Promise<void> {
    const { store, logger, events } = this.#deps;
    const started_ms = performance.now();
    this.#tell(begun);
    try {
      // Loaded by the first who compares: it costs memory, and many never do.
      const { diffSnapshots } = await import('@leak-lab/heap-snapshot');
      const found = await diffSnapshots(paths, {
        signal,
        top: mostClasses,
        paths: classesWithPaths,
        clusters,
        onProgress: ({ ratio }) => this.#tell({ ...begun, progress: ratio }),
      });
      const [first, last] = [shelf.read(begun.before), shelf.read(begun.after)];
      const lines = allocationsAt(store.database, last.taken_at_ms, first.taken_at_ms)?.growing ?? [];
      const seconds = (performance.now() - started_ms) / 1000;
      const message = found.warnings.length > 0 ? found.warnings.join(' ') : null;
      this.#finish({ ...begun, ...rowsOf(found, lines), status: 'done', progress: 1, seconds, message });
      events.add('diff', `Snapshots ${begun.before} and ${begun.after} compared`, {
        diff: begun.id,
        seconds,
      });
    } catch (error) {
      // Where the shelf stands is nobody's concern.
      const message = (error as Error).message.replaceAll(`${shelf.directory}${sep}`, '');
      if (!signal.aborted) logger.warn({ err: error, diff: begun.id }, 'a comparison failed');
      this.#finish({ ...begun, status: 'failed', message });
    }
  }

  #finish(diff: Diff): void {
    const { store } = this.#deps;
    this.#running = undefined;
    if (this.#closed) return;
    store.writer.write(() => saveDiff(store.database, diff));
    this.#send(diff);
  }

  #tell(diff: Diff): void {
    if (this.#running?.diff.id === diff.id) this.#running.diff = diff;
    this.#send(diff);
  }

  #send({ rows, collections, ...diff }: Diff): void {
    this.#deps.stream.send('diff', diff);
  }
}
