import * as v from 'valibot';
import { jsonOf, type ServiceClient } from '../service/client.ts';
import type { ProfileLine } from '../store/allocations.ts';

const path = '/admin/memory/snapshot';
const timeout_ms = 5_000;

const number = v.pipe(v.number(), v.finite());
const profileSchema = v.object({
  since: v.optional(v.string()),
  recording: v.optional(v.boolean(), false),
  by_line: v.array(
    v.object({
      location: v.string(),
      file: v.optional(v.string()),
      line: v.optional(number),
      function: v.optional(v.string()),
      size_bytes: v.optional(number),
      size_mb: v.optional(number, 0),
      count: v.optional(number, 0),
    }),
  ),
});

/** What is alive in the service, by the line that allocated it. */
export interface ReadProfile {
  /** When the service began to sample; `null` where it does not say. */
  readonly sampled_since: string | null;
  readonly lines: readonly ProfileLine[];
}

/** Asks for a profile, for which the service collects all garbage; `undefined` while it records allocations. Rejects where it cannot tell. */
export async function readProfile(client: ServiceClient): Promise<ReadProfile | undefined> {
  const answer = await client.call('GET', path, { timeout_ms });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  const { since, recording, by_line } = v.parse(profileSchema, jsonOf(answer, path));
  return recording ? undefined : { sampled_since: since ?? null, lines: by_line.map(toLine) };
}

function toLine(line: v.InferOutput<typeof profileSchema>['by_line'][number]): ProfileLine {
  // "features/response-cache.ts:41 keep"
  const parts = /^(.*?):(\d+)(?:\s+(.*))?$/.exec(line.location);
  return {
    location: line.location,
    file: line.file ?? parts?.[1] ?? line.location,
    line: line.line ?? Number(parts?.[2] ?? 0),
    function: line.function ?? parts?.[3] ?? '',
    size_bytes: line.size_bytes ?? line.size_mb * 2 ** 20,
    count: line.count,
  };
}
