import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { countNew, domain_bytes, domainsOf } from '../orders/domains.ts';

/** The domains whose orders are not taken, as of one version of the list. */
interface DomainList {
  readonly version: string;
  readonly domains: readonly string[];
  /** How many came with this version: counted when it was loaded, so that nobody needs the version before. */
  readonly added: number;
}

/** The domains whose orders are not taken, and which of them are new: loaded anew where there is another version. */
export class Blocklist implements Feature {
  readonly #options: FeatureOptions;
  #list: DomainList | undefined;
  #loads = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, version = id, notes }: RequestContext): void {
    if (version !== this.#list?.version) this.#list = this.#load(version);
    if (notes) Object.assign(notes, { domains: this.#list.domains.length, added: this.#list.added });
  }

  #load(version: string): DomainList {
    this.#loads += 1;
    const count = Math.max(1, Math.round(this.#options.entry_bytes / domain_bytes));
    const domains = domainsOf(this.#loads, count);
    return { version, domains, added: countNew(domains, this.#list?.domains) };
  }

  entries(): number {
    return this.#list ? 1 : 0;
  }

  bytes(): number {
    return (this.#list?.domains.length ?? 0) * domain_bytes;
  }

  clear(): void {
    this.#list = undefined;
  }
}
