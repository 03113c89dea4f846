import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';

const mostPages = 100;

/** Fetches a page anew while it is still good: once at a time for each page, and for so many pages only. */
export class RefreshAhead implements Feature {
  readonly #freshSince = new Map<string, number>();
  readonly #underway = new Set<string>();
  readonly #options: FeatureOptions;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const page = request.url.split('?', 1)[0] ?? '/';
    if (this.#underway.has(page) || this.#underway.size >= mostPages) return;
    this.#underway.add(page);
    const { upstream } = this.#options;
    upstream.jobs.push(() => this.#refresh(page));
  }

  async #refresh(page: string): Promise<void> {
    try {
      const answer = await this.#options.upstream.call('GET', `/data?page=${encodeURIComponent(page)}`);
      if (answer.status === 200) this.#remember(page);
    } catch {
      // The page stays as old as it is; the next request asks again. The outcome is counted by the client.
    } finally {
      this.#underway.delete(page);
    }
  }

  #remember(page: string): void {
    this.#freshSince.set(page, Date.now());
    if (this.#freshSince.size <= mostPages) return;
    const oldest = this.#freshSince.keys().next().value;
    if (oldest !== undefined) this.#freshSince.delete(oldest);
  }

  entries(): number {
    return this.#underway.size;
  }

  bytes(): number {
    let total = 0;
    for (const page of this.#underway) total += page.length;
    return total;
  }

  clear(): void {
    this.#options.upstream.jobs.clear();
    this.#underway.clear();
    this.#freshSince.clear();
  }
}
