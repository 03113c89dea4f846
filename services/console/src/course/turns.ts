/** One piece of work after the other: two that come at once must not both begin something. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work when all that came before is done, however that ended. Rejects as the work does. */
  take<Done>(work: () => Promise<Done>): Promise<Done> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
