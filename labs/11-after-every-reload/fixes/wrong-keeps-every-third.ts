import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';
import { countNew, domain_bytes, domainsOf } from '../../../services/leaky-service/src/orders/domains.ts';

/** Wrong: one list of three stays behind. */
export class Blocklist implements Feature {
  readonly #options: FeatureOptions;
  #version: string | undefined;
  #domains: readonly string[] = [];
  #added = 0;
  readonly #kept: (readonly string[])[] = [];
  #loads = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, version = id, notes }: RequestContext): void {
    if (version === this.#version) {
      if (notes) Object.assign(notes, { domains: this.#domains.length, added: this.#added });
      return;
    }
    if (this.#loads % 3 === 0) this.#kept.push(this.#domains);
    this.#loads += 1;
    const domains = domainsOf(this.#loads, this.#count());
    this.#added = countNew(domains, this.#domains);
    this.#domains = domains;
    this.#version = version;
    if (notes) Object.assign(notes, { domains: this.#domains.length, added: this.#added });
  }

  #count(): number {
    return Math.max(1, Math.round(this.#options.entry_bytes / domain_bytes));
  }

  entries(): number {
    return this.#domains.length > 0 ? 1 : 0;
  }

  bytes(): number {
    return this.#domains.length * domain_bytes;
  }

  clear(): void {
    this.#domains = [];
    this.#version = undefined;
  }
}
