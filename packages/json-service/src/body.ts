import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { json, type Request, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { isDeeperThan } from './depth.ts';
import { HttpError } from './errors.ts';

const mostBody_bytes = 100 * 1024;

const deepest = 1_000;
/** Smaller bodies may be as deep as they like: they cost little, and most are far smaller. */
const harmless_bytes = 256 * 1024;

const asItCame = Symbol('body as it came');
type WithBytes = IncomingMessage & { [asItCame]?: Buffer };

const parseJsonUpTo = (limit: number): RequestHandler =>
  json({
    type: () => true,
    strict: false,
    limit,
    verify(request: WithBytes, _response, bytes) {
      if (bytes.length > harmless_bytes && isDeeperThan(bytes, deepest)) {
        const message = `Expected JSON whose lists and objects lie at most ${deepest} deep in each other; got deeper ones.`;
        throw new HttpError(400, 'too_deep', message, { expected: deepest });
      }
      request[asItCame] = bytes;
    },
  });
const parseJson = parseJsonUpTo(mostBody_bytes);

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

/** Reads the body as JSON whatever it calls itself, up to `most_bytes` of it. */
export const readJson = (most_bytes = mostBody_bytes): readonly RequestHandler[] => [
  refuseOtherFormats,
  most_bytes === mostBody_bytes ? parseJson : parseJsonUpTo(most_bytes),
];

/** The bytes that a JSON body was read from, decompressed; none where no body came. */
export const bytesOfBody = (request: IncomingMessage): Buffer | undefined => (request as WithBytes)[asItCame];

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

/** In words, what valibot tells by the type of the check alone. */
const expectations: Readonly<Record<string, string>> = { integer: 'a whole number' };

/** Checks a body, and throws `invalid_body` that says for each field what was expected and what came. */
export function checkBody<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  // To valibot a list is an object, too.
  if (Array.isArray(body) && schema.type.endsWith('object')) {
    const details = { fields: [{ field: '', expected: 'Object', came: shown(body) }] };
    throw new HttpError(400, 'invalid_body', `the body: expected Object, got ${shown(body)}.`, details);
  }
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const fields = parsed.issues.map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    expected: issue.expected ?? expectations[issue.type] ?? issue.message,
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
