/** Whether anything may be said of leaks: whoever would say something asks here first, each time. */
export class Blindness {
  readonly #always: boolean;
  readonly #followers: ((isBlind: boolean) => void)[] = [];
  #inIncident = false;

  /** `always`: whatever happens (`BLIND`). */
  constructor(always: boolean) {
    this.#always = always;
  }

  /** Whether nothing may be said now. */
  now(): boolean {
    return this.#always || this.#inIncident;
  }

  /** Whether that is so for an incident, and will be over with it. */
  get inIncident(): boolean {
    return this.#inIncident;
  }

  /** Tells `follower` how it is now, and each time it changes. */
  follow(follower: (isBlind: boolean) => void): void {
    this.#followers.push(follower);
    follower(this.now());
  }

  beginIncident(): void {
    this.#inIncident = true;
    this.#tell();
  }

  endIncident(): void {
    this.#inIncident = false;
    this.#tell();
  }

  #tell(): void {
    for (const follower of this.#followers) follower(this.now());
  }
}
