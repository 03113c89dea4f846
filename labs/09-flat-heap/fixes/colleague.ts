import { crc32 } from 'node:zlib';
import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';

/** A receive buffer begins with this size: what most callers send fits. */
const firstChunk_bytes = 256;

/** An event beyond this is rare, and its buffer not worth keeping: it is shrunk to the first chunk again. */
const large_bytes = 256 * 1024;

/** What a buffer weighs beside its bytes: its objects and its place in a list (64-bit V8), bytes. */
const bufferHeader_bytes = 216;

/** Buffers that are not in use, by their size. */
class FreeList {
  readonly #bySize = new Map<number, Buffer[]>();
  #count = 0;

  /** A buffer of that size, used before or new. */
  take(size_bytes: number): Buffer {
    const used = this.#bySize.get(size_bytes)?.pop();
    if (!used) return Buffer.alloc(size_bytes);
    this.#count -= 1;
    return used;
  }

  giveBack(buffer: Buffer): void {
    const alike = this.#bySize.get(buffer.length);
    if (alike) alike.push(buffer);
    else this.#bySize.set(buffer.length, [buffer]);
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  get size_bytes(): number {
    let total = 0;
    for (const [size_bytes, alike] of this.#bySize) total += alike.length * (size_bytes + bufferHeader_bytes);
    return total;
  }

  clear(): void {
    this.#bySize.clear();
    this.#count = 0;
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
    let buffer = this.#free.take(firstChunk_bytes);
    if (body.length > buffer.length) buffer = this.#grow(buffer);
    let checksum = 0;
    for (let at = 0; at < body.length; at += buffer.length) {
      const copied = body.copy(buffer, 0, at);
      checksum = crc32(buffer.subarray(0, copied), checksum);
    }
    // What #grow gave back is a buffer of the first size already: the large one is let go of.
    if (body.length <= large_bytes) this.#free.giveBack(buffer);
    if (notes) notes['repeated'] = checksum === this.#last;
    this.#last = checksum;
  }

  /** A large body is taken in larger steps. */
  #grow(buffer: Buffer): Buffer {
    this.#free.giveBack(buffer);
    return Buffer.alloc(Math.max(2 * buffer.length, this.#options.entry_bytes - bufferHeader_bytes));
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
