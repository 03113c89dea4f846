import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HttpError } from './errors.ts';
import type { Answer } from './settings.ts';

/** All answers are cut from this one piece, so that a large one costs no memory. */
const piece = Buffer.alloc(64 * 1024, 'a line of the upstream\n');

/** Between what is sent at once and the rest: as long as making the rest might take. */
const pause_ms = 250;

/**
 * Answers `/data`: waits, then fails or sends `body_bytes`, no faster than the caller reads.
 * Ends early, without an error, when the caller goes away. Throws a 503 `HttpError` when it is to fail.
 */
export async function answerData(response: ServerResponse, settings: Answer, random: () => number) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await delay(settings.latency_ms, undefined, { signal: gone.signal });
    if (random() < settings.failure_ratio) {
      const { failure_ratio } = settings;
      throw new HttpError(503, 'told_to_fail', 'This upstream was told to fail.', { failure_ratio });
    }
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': settings.body_bytes });
    const { body_bytes, first_bytes = body_bytes } = settings;
    await send(response, Math.min(first_bytes, body_bytes), gone.signal);
    if (first_bytes < body_bytes) {
      await delay(pause_ms, undefined, { signal: gone.signal });
      await send(response, body_bytes - first_bytes, gone.signal);
    }
    response.end();
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

async function send(response: ServerResponse, size_bytes: number, signal: AbortSignal): Promise<void> {
  for (let left = size_bytes; left > 0; left -= piece.length) {
    const taken = response.write(left < piece.length ? piece.subarray(0, left) : piece);
    if (!taken) await once(response, 'drain', { signal });
  }
}
