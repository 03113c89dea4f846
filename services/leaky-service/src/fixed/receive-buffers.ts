import { crc32 } from 'node:zlib';
import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';

const firstChunk_bytes = 256;

/** More than this are in use at a time only for moments; what comes back beyond it is let go of. */
const mostKept = 4;

/** Buffers that are not in use, in no order: any that is large enough will do. */
class FreeList {
  #buffers: Buffer[] = [];

  /** A buffer of at least that size, used before or new. */
  take(size_bytes: number): Buffer {
    const at = this.#buffers.findIndex((buffer) => buffer.length >= size_bytes);
    return this.#buffers.splice(at, at < 0 ? 0 : 1)[0] ?? Buffer.alloc(size_bytes);
  }

  giveBack(buffer: Buffer): void {
    if (this.#buffers.length < mostKept) this.#buffers.push(buffer);
  }

  get count(): number {
    return this.#buffers.length;
  }

  get size_bytes(): number {
    return this.#buffers.reduce((total, { length }) => total + length, 0);
  }

  clear(): void {
    this.#buffers = [];
  }
}

/** Takes what a request brings through buffers that are used again, and tells deliveries that come twice in a row. */
export class ReceiveBuffers implements Feature {
  readonly #free = new FreeList();
  readonly #options: FeatureOptions;
  #last = -1;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ body, notes }: RequestContext): void {
    if (!body) return;
    const isLarge = body.length > firstChunk_bytes;
    const buffer = this.#free.take(isLarge ? this.#options.entry_bytes : firstChunk_bytes);
    let checksum = 0;
    for (let at = 0; at < body.length; at += buffer.length) {
      const copied = body.copy(buffer, 0, at);
      checksum = crc32(buffer.subarray(0, copied), checksum);
    }
    this.#free.giveBack(buffer);
    if (notes) notes['repeated'] = checksum === this.#last;
    this.#last = checksum;
  }

  entries(): number {
    return this.#free.count;
  }

  bytes(): number {
    return this.#free.size_bytes;
  }

  clear(): void {
    this.#free.clear();
  }
}
