import * as v from 'valibot';

const answerSchema = v.union([
  v.object({ id: v.number(), raised: v.object({ from_bytes: v.number(), to_bytes: v.number() }) }),
  v.object({ id: v.number(), refused: v.string() }),
]);

const loweredSchema = v.object({
  limit_lowered: v.object({ from_bytes: v.number(), to_bytes: v.number(), restored: v.boolean() }),
});

/** The channel to whoever started the console: a process, or a part of one in tests. */
export interface Channel {
  send?: ((message: object) => unknown) | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

export type Raised =
  | { readonly from_bytes: number; readonly to_bytes: number }
  | { readonly refused: string };

const patience_ms = 5_000;

/** Asks the supervisor of the embedded lab to raise the service's memory limit for a capture. */
export class LimitRaise {
  readonly #channel: Channel;
  readonly #lowered: (to_bytes: number) => void;
  readonly #waiting = new Map<number, (raised: Raised) => void>();
  #nextId = 1;
  #raisedFrom_bytes: number | null = null;

  /** `lowered` is called when the limit is what it was. */
  constructor(channel: Channel, lowered: (to_bytes: number) => void) {
    this.#channel = channel;
    this.#lowered = lowered;
    channel.on('message', (message) => this.#take(message));
  }

  get possible(): boolean {
    return this.#channel.send !== undefined;
  }

  /** What the limit was before it was raised, until it is so again. */
  get raisedFrom_bytes(): number | null {
    return this.#raisedFrom_bytes;
  }

  async raise(bytes: number): Promise<Raised> {
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve } = Promise.withResolvers<Raised>();
    this.#waiting.set(id, resolve);
    const timer = setTimeout(() => resolve({ refused: 'the supervisor did not answer' }), patience_ms);
    this.#channel.send?.({ raise_limit: { bytes }, id });
    const raised = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    if ('from_bytes' in raised) this.#raisedFrom_bytes ??= raised.from_bytes;
    return raised;
  }

  /** The capture has ended or failed: the limit may go down again. */
  over(): void {
    this.#channel.send?.({ capture_over: true });
  }

  #take(message: unknown): void {
    const answer = v.safeParse(answerSchema, message);
    if (answer.success) {
      const { output } = answer;
      this.#waiting.get(output.id)?.('raised' in output ? output.raised : { refused: output.refused });
      return;
    }
    const lowered = v.safeParse(loweredSchema, message);
    if (!lowered.success || !lowered.output.limit_lowered.restored) return;
    this.#raisedFrom_bytes = null;
    this.#lowered(lowered.output.limit_lowered.to_bytes);
  }
}
