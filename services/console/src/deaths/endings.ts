import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Life } from '../store/lives.ts';

const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
  v.finite(),
);
const noteSchema = v.object({
  pid: v.number(),
  started_at: time,
  ended_at: time,
  reason: v.string(),
  exit_code: v.optional(v.number(), 0),
});

/**
 * What a process left of why it ended: told to, with exit code 0, or because it could not go on; then that is a death.
 * Times in ms since the epoch.
 */
export type EndingNote = v.InferOutput<typeof noteSchema>;

/** Both tell the same moment, one of them rounded: another life under the same pid did not begin in the same instant. */
const tolerance_ms = 5;

/** The note that the process of `life` left in `directory`, or `undefined`: then it had no time for one. */
export function findEndingNote(directory: string, life: Life): EndingNote | undefined {
  for (const name of namesIn(directory)) {
    const note = readNote(join(directory, name));
    if (note?.pid !== life.pid) continue;
    if (Math.abs(note.started_at - life.started_at_ms) < tolerance_ms) return note;
  }
  return undefined;
}

/** The newest first: their names begin with the time of the start. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .reverse();
  } catch {
    return [];
  }
}

function readNote(file: string): EndingNote | undefined {
  try {
    const parsed = v.safeParse(noteSchema, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
