import * as v from 'valibot';
import type { Channel } from '../snapshots/limit-raise.ts';

const done = v.object({ id: v.number(), refused: v.optional(v.string()) });
const answerSchema = v.union([v.object({ patients: done }), v.object({ restart_service: done })]);

const byHand = 'Restart it, and begin the lab anew (--instead).';
/** Longer than services take to start. */
const patience_ms = 20_000;

/** Has the supervisor of the embedded lab start, stop and restart the services of a lab. */
export class ServicesKeeper {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, (refused: string | undefined) => void>();
  #nextId = 1;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.on('message', (message) => {
      const answer = v.safeParse(answerSchema, message);
      if (!answer.success) return;
      const { id, refused } =
        'patients' in answer.output ? answer.output.patients : answer.output.restart_service;
      this.#waiting.get(id)?.(refused);
    });
  }

  /** Those beside the first. Resolves when they answer, or are gone; with the reason where that cannot be. Without a supervisor they are somebody else's to start. */
  async want(wanted: boolean): Promise<string | undefined> {
    if (this.#channel.send === undefined) return undefined;
    return this.#ask((id) => ({ patients: { id, wanted } }));
  }

  /** The first one, in order: that is no death. Resolves when the process is another one; with the reason where that cannot be. */
  async restart(): Promise<string | undefined> {
    if (this.#channel.send === undefined) return byHand;
    return this.#ask((id) => ({ restart_service: { id } }));
  }

  async #ask(words: (id: number) => object): Promise<string | undefined> {
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#waiting.set(id, resolve);
    const timer = setTimeout(() => resolve('the supervisor did not answer'), patience_ms);
    this.#channel.send?.(words(id));
    const refused = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    return refused;
  }
}
