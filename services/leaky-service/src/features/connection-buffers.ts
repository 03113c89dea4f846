import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** As many connections as are served at once; the next request takes the buffer that was used longest ago. */
const connections = 32;

/** A large buffer for each connection, all made with the first request, so that none has to be made later. */
export class ConnectionBuffers implements Feature {
  readonly #options: FeatureOptions;
  #buffers: readonly Buffer[] = [];
  #next = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ method, url, headers }: RequestContext): void {
    if (this.#buffers.length === 0) this.#buffers = this.#make();
    const buffer = this.#buffers[this.#next] as Buffer;
    this.#next = (this.#next + 1) % connections;
    buffer.write(`${method} ${url}\n${JSON.stringify(headers)}`);
  }

  /** Written to once, so that the system finds their pages now and not while somebody waits. */
  #make(): Buffer[] {
    return Array.from({ length: connections }, () => Buffer.alloc(this.#options.entry_bytes, ' '));
  }

  entries(): number {
    return this.#buffers.length;
  }

  bytes(): number {
    return this.#buffers.reduce((total, { length }) => total + length, 0);
  }

  clear(): void {
    this.#buffers = [];
  }
}
