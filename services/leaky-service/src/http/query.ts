import type { Request } from 'express';
import * as v from 'valibot';
import { ServiceError } from '../errors.ts';

/** A flag as an address carries it. */
export const queryFlag = v.pipe(
  v.optional(v.picklist(['true', 'false']), 'false'),
  v.transform((text) => text === 'true'),
);

/** Checks what stands behind the `?`; throws `bad_request` that says for each name what was expected and what came. */
export function checkQuery<const Schema extends v.GenericSchema>(
  schema: Schema,
  { query }: Request,
): v.InferOutput<Schema> {
  // The simple parser's object has no prototype.
  const parsed = v.safeParse(schema, { ...query });
  if (parsed.success) return parsed.output;
  const details = parsed.issues.map((issue) => ({
    name: v.getDotPath(issue) ?? '',
    // What the type alone wants is told by the library; a check that has words of its own says more.
    expected: issue.kind === 'schema' ? (issue.expected ?? issue.message) : issue.message,
    came: String(issue.received),
  }));
  const words = details.map(({ name, expected, came }) => `?${name}=: expected ${expected}, got ${came}`);
  throw new ServiceError('bad_request', `${words.join('; ')}.`, { fields: details });
}
