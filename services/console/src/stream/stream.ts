import type { ServerResponse } from 'node:http';
import type { StreamEventName } from '../api/contract.ts';

/** What a reader may leave unread before events are left out for it. */
const mostUnread_bytes = 256 * 1024;
/** A reader that takes nothing for this long is cut off; it will come again. */
const mostBehind_ms = 60_000;
export const mostReaders = 64;

interface Reader {
  readonly response: ServerResponse;
  /** Since when events have been left out for it, monotonic; `undefined` while it keeps up. */
  behindSince_ms: number | undefined;
}

/** Server-sent events to all who read. A slow reader never costs more than a bounded buffer: it is told to read again. */
export class Stream {
  readonly #readers = new Set<Reader>();

  get readers(): number {
    return this.#readers.size;
  }

  /** Takes a reader, until it goes; `first` is sent at once. */
  add(response: ServerResponse, first: readonly (readonly [StreamEventName, unknown])[]): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const reader: Reader = { response, behindSince_ms: undefined };
    this.#readers.add(reader);
    response.on('close', () => this.#readers.delete(reader));
    response.on('drain', () => this.#catchUp(reader));
    response.write(`retry: 1000\n\n${first.map(([name, data]) => frame(name, data)).join('')}`);
  }

  send(name: StreamEventName, data: unknown): void {
    if (this.#readers.size === 0) return;
    const text = frame(name, data);
    for (const reader of this.#readers) this.#sendTo(reader, text);
  }

  /** Ends all readers; they come again by themselves. */
  close(): void {
    for (const { response } of this.#readers) response.end();
  }

  #sendTo(reader: Reader, text: string): void {
    const { response, behindSince_ms } = reader;
    if (behindSince_ms !== undefined) {
      if (performance.now() - behindSince_ms > mostBehind_ms) response.destroy();
      return;
    }
    if (response.writableLength > mostUnread_bytes) {
      reader.behindSince_ms = performance.now();
      return;
    }
    response.write(text);
  }

  #catchUp(reader: Reader): void {
    if (reader.behindSince_ms === undefined) return;
    reader.behindSince_ms = undefined;
    reader.response.write(frame('behind', {}));
  }
}

const frame = (name: StreamEventName, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
