import { LRUCache } from 'lru-cache';
import { type Order, pageOfOrders } from '../orders/order.ts';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** As many as the shop sells; the cache has room for all of them and for no more. */
const articles = 1_900;

/** What a page weighs beside the orders: its place in the cache's lists (64-bit V8), bytes. */
const pageHeader_bytes = 120;

/**
 * Keeps the last orders of each article. It fills while articles are asked for the first time: fast with those that
 * everybody wants, ever slower with the others, until it is full.
 */
export class ArticleCache implements Feature {
  readonly #options: FeatureOptions;
  readonly #pages = new LRUCache<number, readonly Order[]>({ max: articles });

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id }: RequestContext): void {
    const article = articleOf(id);
    if (this.#pages.get(article)) return;
    this.#pages.set(article, pageOfOrders(this.#options.entry_bytes - pageHeader_bytes));
  }

  entries(): number {
    return this.#pages.size;
  }

  bytes(): number {
    return this.#pages.size * this.#options.entry_bytes;
  }

  clear(): void {
    this.#pages.clear();
  }
}

/**
 * Which article a request is about, from the most popular (0) on. Popularity is Zipf's: the n-th is asked for about one
 * n-th as often as the first.
 */
function articleOf(id: string): number {
  return Math.floor((articles + 1) ** shareOf(id)) - 1;
}

/** From 0 up to but not 1, spread evenly over ids (FNV-1a). */
function shareOf(id: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}
