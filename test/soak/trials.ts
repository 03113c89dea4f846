import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** A part ends before Vitest ends it, so that what it has done is kept; `SOAK_MINUTES` cuts it shorter. */
const longest_ms = Number(process.env['SOAK_MINUTES'] || 55) * 60_000;

/** Trials of a part, written down one by one: a part that was cut off goes on where it was. */
export class Trials<Trial> {
  readonly done: Trial[];
  readonly wanted: number;
  readonly #file: string;
  readonly #begun = Date.now();

  constructor(part: string, wanted: number) {
    this.#file = fileURLToPath(new URL(`../../.lab/soak/${part}.jsonl`, import.meta.url));
    this.wanted = wanted;
    this.done = existsSync(this.#file)
      ? readFileSync(this.#file, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Trial)
      : [];
    if (this.done.length > 0) console.log(`${part}: goes on after ${this.done.length} of ${wanted}`);
  }

  /** Whether there is something to do, and time to do it. */
  get goesOn(): boolean {
    return this.done.length < this.wanted && Date.now() - this.#begun < longest_ms;
  }

  add(trial: Trial): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(trial)}\n`);
    this.done.push(trial);
  }

  /** Expects that all were done, and forgets them. */
  complete(): readonly Trial[] {
    expect(this.done.length, 'cut off: the same command goes on where it was').toBeGreaterThanOrEqual(
      this.wanted,
    );
    rmSync(this.#file, { force: true });
    return this.done;
  }
}
