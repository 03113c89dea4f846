import { Readable } from 'node:stream';
import { json, type Request, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { HttpError } from './errors.ts';

const mostBody_bytes = 100 * 1024;

const parseJson = json({ type: () => true, strict: false, limit: mostBody_bytes });

/**
 * Types under which JSON arrives in practice: as it should, without a type, and as `curl -d` sends it.
 * What a browser may send so without asking is refused by its origin before it comes here.
 */
const readableTypes = new Set(['', 'application/json', 'application/x-www-form-urlencoded', 'text/plain']);

const refuseOtherFormats: RequestHandler = (request, _response, next) => {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (readableTypes.has(type) || type.endsWith('+json')) return next();
  throw new HttpError(415, 'unsupported_format', `Expected a JSON body; got ${JSON.stringify(type)}.`, {
    expected: 'application/json',
    came: type,
  });
};

/** Reads the body as JSON whatever it calls itself. */
export const readJson: readonly RequestHandler[] = [refuseOtherFormats, parseJson];

/**
 * Reads a body of its own. The parser loads its tables of encodings with the first one, 0.4 MB: done at the start, who
 * compares memory before and after a first call does not find them.
 */
export async function readFirstBody(): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': '2' };
  const request = Object.assign(Readable.from([Buffer.from('{}')]), { headers });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parseJson(request as unknown as Request, {} as Response, (error) => (error ? reject(error) : resolve()));
  await promise;
}

/** Checks a body, and throws `invalid_body` that says for each field what was expected and what came. */
export function checkBody<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const fields = parsed.issues.map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    expected: issue.expected ?? issue.message,
    came: shown(issue.input),
  }));
  const words = fields.map(
    ({ field, expected, came }) => `${field || 'the body'}: expected ${expected}, got ${came}`,
  );
  throw new HttpError(400, 'invalid_body', `${words.join('; ')}.`, { fields });
}

const longest = 80;

/** A value as JSON, short enough for a message. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
