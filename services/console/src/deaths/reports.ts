import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Death } from '../api/contract.ts';

const reportSchema = v.object({
  header: v.object({
    event: v.optional(v.string(), ''),
    trigger: v.optional(v.string(), ''),
    processId: v.number(),
    dumpEventTimeStamp: v.union([v.string(), v.number()]),
  }),
  javascriptStack: v.optional(
    v.object({ message: v.optional(v.string(), ''), stack: v.optional(v.array(v.string()), []) }),
    {},
  ),
});

export type Report = NonNullable<Death['report']>;

/** A report is some hundred kilobytes; anything vast is none. */
const most_bytes = 32 * 1024 * 1024;

/**
 * The diagnostic report that V8 had written when the process `pid` ended between `from_ms` and `to_ms`, or `null`.
 * By the file's time first, so that only what can be it is read.
 */
export function findReport(directory: string, pid: number, from_ms: number, to_ms: number): Report | null {
  let names: string[];
  try {
    names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  } catch {
    return null;
  }
  for (const name of names.toSorted().reverse()) {
    const file = join(directory, name);
    try {
      const { mtimeMs, size } = statSync(file);
      if (mtimeMs < from_ms || mtimeMs > to_ms || size > most_bytes) continue;
      const parsed = v.safeParse(reportSchema, JSON.parse(readFileSync(file, 'utf8')));
      if (!parsed.success || parsed.output.header.processId !== pid) continue;
      const { header, javascriptStack } = parsed.output;
      const stack = [javascriptStack.message ?? '', ...(javascriptStack.stack ?? [])].filter(Boolean);
      return { file: name, trigger: header.trigger || header.event, javascript_stack: stack.slice(0, 50) };
    } catch {
      // Cut off in the middle, or gone again: not a report.
    }
  }
  return null;
}
