import { leaveEndingNote, processStart } from '../ending-note.ts';
import { type EndNote, leaveNote } from './end-note.ts';
import type { EndPlaces } from './watch-order.ts';

/** Where in the learner's code a process ended. */
export type StuckPlace = Pick<EndNote, 'file' | 'line' | 'column' | 'function'>;

/** How a process ends by the learner's code. */
export interface LastWord extends Pick<EndNote, 'how' | 'message'> {
  readonly place: StuckPlace | undefined;
  /** The same in a sentence, for whoever watches from outside. */
  readonly words: string;
  readonly exitCode: number;
  /** Of the process, ISO 8601; this one's where it is not said. */
  readonly started_at?: string;
}

const nowhere: StuckPlace = { file: null, line: null, column: null, function: null };

/** Leaves word for the next process and for whoever watches from outside. Returns why that failed, where it did. */
export function leaveWord(
  { note, endings }: EndPlaces,
  { how, message, place, words, exitCode, started_at = processStart() }: LastWord,
): string | undefined {
  try {
    if (note !== undefined) {
      leaveNote(note, {
        how,
        message,
        ...(place ?? nowhere),
        pid: process.pid,
        at: new Date().toISOString(),
      });
    }
    // An end with exit code 0 is one in order to whoever reads that.
    if (endings !== undefined && exitCode !== 0) leaveEndingNote(endings, words, exitCode, started_at);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
