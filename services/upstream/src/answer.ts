import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HttpError } from './errors.ts';
import type { Settings } from './settings.ts';

/** All answers are cut from this one piece, so that a large one costs no memory. */
const piece = Buffer.alloc(64 * 1024, 'a line of the upstream\n');

/**
 * Answers `/data`: waits, then fails or sends `body_bytes`, no faster than the caller reads.
 * Ends early, without an error, when the caller goes away. Throws a 503 `HttpError` when it is to fail.
 */
export async function answerData(response: ServerResponse, settings: Settings, random: () => number) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await delay(settings.latency_ms, undefined, { signal: gone.signal });
    if (random() < settings.failure_ratio) {
      const { failure_ratio } = settings;
      throw new HttpError(503, 'told_to_fail', 'This upstream was told to fail.', { failure_ratio });
    }
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': settings.body_bytes });
    for (let left = settings.body_bytes; left > 0; left -= piece.length) {
      const taken = response.write(left < piece.length ? piece.subarray(0, left) : piece);
      if (!taken) await once(response, 'drain', { signal: gone.signal });
    }
    response.end();
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}
