import { pathToFileURL } from 'node:url';
import { ServiceError } from '../errors.ts';
import type { Feature, FeatureOptions } from '../features/feature.ts';
import { dropNote, type EndNote, readNote } from './end-note.ts';
import { watchEnd } from './end-watch.ts';
import { LearnersFeature, type ThrownSum } from './learners-feature.ts';
import { loadClass, makeFeature, type WorkFile } from './load.ts';
import { StuckWatch } from './stuck-watch.ts';
import type { Watching } from './watch-order.ts';

/** Code of the learner's that runs. */
export interface LoadedWork {
  readonly id: string;
  readonly file: string;
  /** ISO 8601. */
  readonly loaded_at: string;
  readonly threw: ThrownSum;
}

export interface WorkState {
  readonly loaded: readonly LoadedWork[];
  /** How the last process that ran the learner's code ended by it, until code is loaded again. */
  readonly ended: EndNote | null;
}

interface Piece {
  readonly file: string;
  readonly loaded_at: string;
  readonly feature: LearnersFeature;
}

/** Loads the learner's code into the service, and sees what becomes of it. */
export class Workbench {
  readonly #folder: URL | undefined;
  readonly #watching: Watching;
  readonly #pieces = new Map<string, Piece>();
  #watch: StuckWatch | undefined;
  #endWatch: (() => void) | undefined;

  /** `directory`: where the learner's copies are. */
  constructor(directory: string | undefined, watching: Watching) {
    this.#folder = directory === undefined ? undefined : pathToFileURL(`${directory}/`);
    this.#watching = watching;
  }

  get state(): WorkState {
    const loaded = [...this.#pieces].map(([id, { file, loaded_at, feature }]) => ({
      id,
      file,
      loaded_at,
      threw: feature.thrown,
    }));
    const { note } = this.#watching;
    return { loaded, ended: (note !== undefined && readNote(note)) || null };
  }

  /**
   * Loads the file as it is now; what comes makes the feature. Whoever asks says afterwards what runs (`keepOnly`). Rejects with `no_work_directory`, or with
   * `code_does_not_load`, and then nothing is changed.
   */
  async load(id: string, work: WorkFile): Promise<(options: FeatureOptions) => Feature> {
    const folder = this.#folder;
    if (folder === undefined) {
      throw new ServiceError(
        'no_work_directory',
        'Expected WORK_DIRECTORY to name the folder of the learner’s copies; it is not set. Set it and start again.',
      );
    }
    this.#begin(folder);
    if (this.#watching.note !== undefined) dropNote(this.#watching.note);
    const made = await loadClass(work, folder);
    return (options) => {
      const own = makeFeature(made, options, work.file, folder);
      const feature = new LearnersFeature(own, folder, this.#begin(folder));
      this.#pieces.set(id, { file: work.file, loaded_at: new Date().toISOString(), feature });
      return feature;
    };
  }

  /** Forgets what does not run any more; where nothing does, nobody watches. */
  keepOnly(running: ReadonlySet<string>): void {
    for (const id of this.#pieces.keys()) if (!running.has(id)) this.#pieces.delete(id);
    if (this.#pieces.size === 0) this.stop();
  }

  stop(): void {
    this.#watch?.stop();
    this.#endWatch?.();
    this.#watch = undefined;
    this.#endWatch = undefined;
  }

  /** Code at the top of a file runs when it is loaded: it is watched from before that on. */
  #begin(folder: URL): StuckWatch {
    this.#endWatch ??= watchEnd(folder, this.#watching);
    this.#watch ??= new StuckWatch(folder, this.#watching);
    return this.#watch;
  }
}
