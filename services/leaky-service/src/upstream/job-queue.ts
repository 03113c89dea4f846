/** A piece of work that waits for one of a few connections. It must not throw. */
export type Job = () => Promise<void>;

/** Runs jobs in their order, at most `connections` at a time; the others wait. */
export class JobQueue {
  readonly #connections: number;
  #waiting: (Job | undefined)[] = [];
  #next = 0;
  #busy = 0;

  constructor(connections: number) {
    this.#connections = connections;
  }

  get waiting(): number {
    return this.#waiting.length - this.#next;
  }

  get busy(): number {
    return this.#busy;
  }

  push(job: Job): void {
    this.#waiting.push(job);
    this.#startNext();
  }

  /** Forgets the jobs that wait; those that run go on. */
  clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }

  #startNext(): void {
    if (this.#busy >= this.#connections) return;
    const job = this.#take();
    if (!job) return;
    this.#busy += 1;
    void job().finally(() => {
      this.#busy -= 1;
      this.#startNext();
    });
  }

  /** Takes the oldest job without moving the others each time: the list is cut when half of it is used up. */
  #take(): Job | undefined {
    const job = this.#waiting[this.#next];
    if (!job) return undefined;
    this.#waiting[this.#next] = undefined;
    this.#next += 1;
    if (this.#next > 64 && this.#next * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return job;
  }
}
