/** A few requests a second for as long as a test lasts, and what became of them. */
export class SteadyLoad {
  answered = 0;
  readonly failures: string[] = [];
  #sent = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(url: string, rate: number) {
    this.#timer = setInterval(() => void this.#send(`${url}/api/data`), 1000 / rate);
  }

  /** Sends no more, and waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    while (this.answered + this.failures.length < this.#sent)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async #send(url: string): Promise<void> {
    this.#sent += 1;
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.ok) this.answered += 1;
      else this.failures.push(String(response.status));
    } catch (error) {
      this.failures.push(String((error as Error).cause ?? error));
    }
  }
}
