import type { Feature, RequestContext } from '../features/feature.ts';

/** A feature that is on, and how often it is called: for one request in so many. */
interface Stop {
  readonly feature: Feature;
  readonly one_in: number;
}

/** What is done beside answering for the requests of one route: nothing, where nothing is on. */
export class Path {
  #stops: readonly Stop[] = [];
  #passed = 0;

  /** Whether any feature wants to see requests: asked before a request's context is made. */
  get isActive(): boolean {
    return this.#stops.length > 0;
  }

  lay(stops: readonly Stop[]): void {
    this.#stops = stops.map(({ feature, one_in }) => ({ feature, one_in }));
  }

  /** Hands a request to all features that are on. Waits for those that need time. */
  async handle(request: RequestContext): Promise<void> {
    this.#passed += 1;
    for (const { feature, one_in } of this.#stops) {
      if (this.#passed % one_in !== 0) continue;
      // A built-in function calls it, so V8 cannot inline it here once it is hot: a heap profile shows no inlined function,
      // and what the feature allocates would be laid at this function's door.
      const [unfinished] = Array.from([request], feature.handle, feature);
      if (unfinished) await unfinished;
    }
  }
}
