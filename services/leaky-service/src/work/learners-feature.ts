import type { Feature, RequestContext } from '../features/feature.ts';
import { type CodePlace, messageOf, placeInStack, stackOf } from './code-place.ts';

/** Something that the learner's code threw while it ran. */
export interface Thrown extends Partial<CodePlace> {
  readonly message: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What the learner's code threw since it was loaded. */
export interface ThrownSum {
  readonly count: number;
  readonly last: Thrown | null;
}

/** Told when control goes to the learner's code and when it comes back. */
export interface Crossing {
  enter(): void;
  leave(): void;
}

/**
 * The learner's feature as the service runs it. What it throws at a request fails the request, as it would in any feature, and is
 * kept; what it says of itself may be anything.
 */
export class LearnersFeature implements Feature {
  readonly #own: Feature;
  readonly #folder: URL;
  readonly #crossing: Crossing;
  #count = 0;
  #last: Thrown | null = null;

  constructor(own: Feature, folder: URL, crossing: Crossing) {
    this.#own = own;
    this.#folder = folder;
    this.#crossing = crossing;
  }

  get thrown(): ThrownSum {
    return { count: this.#count, last: this.#last };
  }

  async handle(request: RequestContext): Promise<void> {
    this.#crossing.enter();
    try {
      // By a built-in function, so that V8 does not inline it here: see leaks/path.ts.
      const [unfinished] = Array.from([request], this.#own.handle, this.#own);
      this.#crossing.leave();
      if (unfinished) await unfinished;
    } catch (error) {
      this.#crossing.leave();
      this.#keep(error);
      throw error;
    }
  }

  entries(): number {
    return this.#number(() => this.#own.entries());
  }

  bytes(): number {
    return this.#number(() => this.#own.bytes());
  }

  async clear(): Promise<void> {
    try {
      await this.#own.clear();
    } catch (error) {
      this.#keep(error);
    }
  }

  #number(read: () => unknown): number {
    try {
      const value = read();
      return typeof value === 'number' && Number.isFinite(value) ? value : 0;
    } catch (error) {
      this.#keep(error);
      return 0;
    }
  }

  #keep(error: unknown): void {
    this.#count += 1;
    const place = placeInStack(stackOf(error), this.#folder);
    this.#last = { message: messageOf(error), ...place, at: new Date().toISOString() };
  }
}
