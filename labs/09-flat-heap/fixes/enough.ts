import { crc32 } from 'node:zlib';
import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';

/** A receive buffer begins with this size: what most callers send fits. */
const firstChunk_bytes = 256;

/** So many are kept for the next; more are in use at a time only for moments. */
const mostKept = 8;

/** What a buffer weighs beside its bytes: its objects and its place in a list (64-bit V8), bytes. */
const bufferHeader_bytes = 216;

/** Buffers that are not in use, the smallest first. */
class FreeList {
  #buffers: Buffer[] = [];

  /** The smallest that is large enough, used before or new. */
  take(size_bytes: number): Buffer {
    const at = this.#buffers.findIndex((buffer) => buffer.length >= size_bytes);
    return this.#buffers.splice(at, at < 0 ? 0 : 1)[0] ?? Buffer.alloc(size_bytes);
  }

  /** Keeps it, unless there are enough: then the largest goes. */
  giveBack(buffer: Buffer): void {
    this.#buffers.push(buffer);
    this.#buffers.sort((one, other) => one.length - other.length);
    this.#buffers.length = Math.min(this.#buffers.length, mostKept);
  }

  get count(): number {
    return this.#buffers.length;
  }

  get size_bytes(): number {
    return this.#buffers.reduce((total, { length }) => total + length + bufferHeader_bytes, 0);
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
    const buffer = this.#free.take(this.#sizeFor(body.length));
    let checksum = 0;
    for (let at = 0; at < body.length; at += buffer.length) {
      const copied = body.copy(buffer, 0, at);
      checksum = crc32(buffer.subarray(0, copied), checksum);
    }
    this.#free.giveBack(buffer);
    if (notes) notes['repeated'] = checksum === this.#last;
    this.#last = checksum;
  }

  /** A large body is taken in larger steps: the size is asked for at once, so that a used buffer of it is found. */
  #sizeFor(body_bytes: number): number {
    if (body_bytes <= firstChunk_bytes) return firstChunk_bytes;
    return Math.max(2 * firstChunk_bytes, this.#options.entry_bytes - bufferHeader_bytes);
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
