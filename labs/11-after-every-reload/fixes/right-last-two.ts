import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';
import { countNew, domain_bytes, domainsOf } from '../../../services/leaky-service/src/orders/domains.ts';

/** Right: the list and the one before it, and no more; a version that is there is not loaded again. */
export class Blocklist implements Feature {
  readonly #options: FeatureOptions;
  #lists: { version: string; domains: readonly string[]; added: number }[] = [];
  #loads = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, version = id, notes }: RequestContext): void {
    let current = this.#lists.find((list) => list.version === version);
    if (current === undefined) {
      this.#loads += 1;
      const domains = domainsOf(this.#loads, this.#count());
      const added = countNew(domains, this.#lists.at(-1)?.domains);
      current = { version, domains, added };
      this.#lists = [...this.#lists, current].slice(-2);
    }
    if (notes) Object.assign(notes, { domains: current.domains.length, added: current.added });
  }

  #count(): number {
    return Math.max(1, Math.round(this.#options.entry_bytes / domain_bytes));
  }

  entries(): number {
    return this.#lists.length;
  }

  bytes(): number {
    return this.#lists.reduce((sum, { domains }) => sum + domains.length * domain_bytes, 0);
  }

  clear(): void {
    this.#lists = [];
  }
}
