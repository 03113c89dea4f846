import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type IncidentLevel, isLevel, isSeed } from '@leak-lab/incident';

/** An incident as its file has it. */
export interface KeptIncident {
  readonly seed: number;
  readonly level: IncidentLevel;
  /** Milliseconds since the epoch. */
  readonly started_ms: number;
}

/** What a file holds that is none, and where it is kept now; `null` where it could not be moved. */
export interface UnreadableFile {
  readonly reason: string;
  readonly kept_as: string | null;
}

/** The line's end says that the line is whole: 4711 cut short would be another seed. */
const whole = /^(\d{1,10})(?: (\d))?\n$/;

/** Where an incident outlives the process: a file that holds its seed, its level where it is not 0, and nothing else, written when it began. */
export class SeedFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The incident that runs; none where there is no file. What is no such file is moved aside and told. */
  read(): KeptIncident | UnreadableFile | undefined {
    let text: string;
    let started_ms: number;
    try {
      text = readFileSync(this.path, 'latin1');
      started_ms = statSync(this.path).mtimeMs;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      return this.#setAside((error as Error).message);
    }
    const [, first = Number.NaN, second = 0] = whole.exec(text) ?? [];
    const [seed, level] = [Number(first), Number(second)];
    if (isSeed(seed) && isLevel(level)) return { seed, level, started_ms };
    return this.#setAside(
      'expected one line with a whole number from 0 to 4294967295, and a level from 1 to 3 where it has one',
    );
  }

  /** Writes it whole or not at all. Throws what the file system says. */
  write(seed: number, level: IncidentLevel): KeptIncident {
    mkdirSync(dirname(this.path), { recursive: true });
    const partial = `${this.path}.partial`;
    const file = openSync(partial, 'w');
    try {
      writeSync(file, level === 0 ? `${seed}\n` : `${seed} ${level}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, this.path);
    return { seed, level, started_ms: statSync(this.path).mtimeMs };
  }

  /** Throws what the file system says; that there is none is fine. */
  remove(): void {
    rmSync(this.path, { force: true });
  }

  #setAside(reason: string): UnreadableFile {
    const kept_as = `${this.path}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      renameSync(this.path, kept_as);
      return { reason, kept_as };
    } catch {
      return { reason, kept_as: null };
    }
  }
}
