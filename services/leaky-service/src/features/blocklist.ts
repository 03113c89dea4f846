import { countNew, domain_bytes, domainsOf } from '../orders/domains.ts';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** The domains whose orders are not taken, as of one version of the list. */
class DomainList {
  readonly version: string;
  readonly domains: readonly string[];
  readonly #previous: DomainList | undefined;

  constructor(version: string, domains: readonly string[], previous?: DomainList) {
    this.version = version;
    this.domains = domains;
    this.#previous = previous;
  }

  /** How many domains came with this version. */
  get added(): number {
    return countNew(this.domains, this.#previous?.domains);
  }
}

/** What a list weighs beside its domains, bytes. */
const listHeader_bytes = 96;

/** The domains whose orders are not taken, and which of them are new: loaded anew when told. */
export class Blocklist implements Feature {
  readonly #options: FeatureOptions;
  #list: DomainList | undefined;
  #loads = 0;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, version = id, notes }: RequestContext): void {
    const { entry_bytes } = this.#options;
    this.#loads += 1;
    const count = Math.max(1, Math.round((entry_bytes - listHeader_bytes) / domain_bytes));
    this.#list = new DomainList(version, domainsOf(this.#loads, count), this.#list);
    this.#bytes += count * domain_bytes + listHeader_bytes;
    if (notes) Object.assign(notes, { domains: count, added: this.#list.added });
  }

  entries(): number {
    return this.#loads;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#list = undefined;
    this.#loads = 0;
    this.#bytes = 0;
  }
}
