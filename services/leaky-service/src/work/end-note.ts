import { readFileSync, rmSync } from 'node:fs';
import * as v from 'valibot';
import { writeNote } from '../write-note.ts';

const noteSchema = v.object({
  how: v.picklist(['stuck', 'exit', 'uncaught']),
  message: v.string(),
  file: v.nullable(v.string()),
  line: v.nullable(v.number()),
  column: v.nullable(v.number()),
  function: v.nullable(v.string()),
  pid: v.number(),
  at: v.string(),
});

/** How a process ended by the learner's code: it did not return, ended the process itself, or threw where nobody catches. */
export type EndNote = Readonly<v.InferOutput<typeof noteSchema>>;

/** Leaves a note for the next process. Throws what the file system says. */
export const leaveNote = (path: string, note: EndNote): void => writeNote(path, note);

/** The last note that was left, where it can be read. */
export function readNote(path: string): EndNote | undefined {
  try {
    const read = v.safeParse(noteSchema, JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

export function dropNote(path: string): void {
  rmSync(path, { force: true });
}
