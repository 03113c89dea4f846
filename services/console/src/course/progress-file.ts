import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noProgress, type Progress, readProgress } from '@leak-lab/course';
import type { Warnings } from '../warnings.ts';

/** What a learner has done, in a file that is whole at any moment. */
export class ProgressFile {
  readonly #file: string;
  readonly #warnings: Warnings;
  #progress: Progress;

  constructor(directory: string, warnings: Warnings) {
    this.#file = join(directory, 'progress.json');
    this.#warnings = warnings;
    this.#progress = this.#read();
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Returns when it would survive a kill. Where it cannot be written it is kept in memory, and a warning says so. */
  write(progress: Progress): void {
    this.#progress = progress;
    const draft = `${this.#file}.draft`;
    try {
      mkdirSync(join(this.#file, '..'), { recursive: true });
      const descriptor = openSync(draft, 'w');
      writeFileSync(descriptor, `${JSON.stringify(progress, null, 2)}\n`);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(draft, this.#file);
      this.#warnings.clear('progress_not_kept');
    } catch (error) {
      this.#warnings.raise(
        'progress_not_kept',
        `Your progress is not kept in ${this.#file} (${(error as Error).message}): it ends with the console. Free or unlock the folder.`,
      );
    }
  }

  /** As `write`; gives what writes again what was there before. */
  replace(progress: Progress): () => void {
    const before = this.#progress;
    this.write(progress);
    return () => this.write(before);
  }

  #read(): Progress {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noProgress;
      return this.#setAside((error as Error).message);
    }
    try {
      return readProgress(text);
    } catch (error) {
      return this.#setAside((error as Error).message);
    }
  }

  #setAside(reason: string): Progress {
    const aside = `${this.#file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      renameSync(this.#file, aside);
    } catch {
      // It stays where it is until something is to be written.
    }
    this.#warnings.raise(
      'progress_set_aside',
      `The file of your progress could not be read (${reason}). It was kept as ${aside}, and the course begins anew.`,
    );
    return noProgress;
  }
}
