import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors.ts';

/** Settings are some hundred bytes; more is a mistake. */
const bodyLimit_bytes = 16 * 1024;

/**
 * Reads a request's body as JSON, whatever its content type says, and never holds more than the limit.
 * Throws a 413 or 400 `HttpError`.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length_bytes = 0;
  // Left early, the iterator would otherwise cut the connection before the answer is out.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length_bytes += piece.length;
    if (length_bytes > bodyLimit_bytes) {
      throw new HttpError(413, 'body_too_large', `Expected at most ${bodyLimit_bytes} bytes, got more.`, {
        limit_bytes: bodyLimit_bytes,
      });
    }
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    const came = text === '' ? 'no body' : JSON.stringify(text.slice(0, 60));
    throw new HttpError(
      400,
      'invalid_json',
      `Expected a JSON object such as {"latency_ms": 800}, got ${came}.`,
    );
  }
}
