import { setTimeout as pause } from 'node:timers/promises';
import type { Death } from '../state/deaths.ts';
import { pauseBeforeStart_ms, settled_seconds } from './back-off.ts';
import { causeOfDeath, exitStatus } from './cause-of-death.ts';
import { untilReady } from './health.ts';
import { type End, Life } from './life.ts';
import type { Program } from './program.ts';

/** What a keeper tells of its program. */
export interface KeeperEvents {
  /** Awaited before each start. */
  starting?(): Promise<void>;
  started(life: Life): void;
  ready(life: Life, after_seconds: number): void;
  died(death: Death, next_start_ms: number): void;
  /** What the program says over its channel. */
  heard?(message: unknown): void;
}

/** A service drains for up to 5 s after SIGTERM; what is there later than that is ended by force. */
const patience_ms = 6000;
/** A program that cannot even start once is not started for ever. */
const attempts = 3;

/** Keeps one program running: starts it, and starts it again after each death, with a growing pause. */
export class Keeper {
  readonly #stopping = new AbortController();
  #life: Life | undefined;
  #deaths = 0;
  #wasReady = false;
  /** The life that is ended so that another one takes its place. */
  #renewed: Life | undefined;

  readonly program: Program;
  readonly events: KeeperEvents;

  constructor(program: Program, events: KeeperEvents) {
    this.program = program;
    this.events = events;
  }

  get life(): Life | undefined {
    return this.#life;
  }

  get deaths(): number {
    return this.#deaths;
  }

  /**
   * Runs until `stop`. Resolves with the last death when the program died three times and was never
   * ready; then there is no sense in going on.
   */
  async run(): Promise<Death | undefined> {
    const { signal } = this.#stopping;
    let shortLives = 0;
    while (!signal.aborted) {
      await this.events.starting?.();
      if (signal.aborted) break;
      const life = new Life(this.program, this.events.heard);
      this.#life = life;
      this.events.started(life);
      const end = await this.#live(life);
      if (signal.aborted) break;
      if (this.#renewed === life) continue;
      this.#deaths += 1;
      const next_start_ms = pauseBeforeStart_ms(shortLives);
      shortLives = end.uptime_seconds < settled_seconds ? shortLives + 1 : 0;
      const death = this.#certify(end);
      this.events.died(death, next_start_ms);
      if (!this.#wasReady && this.#deaths >= attempts) return death;
      await pause(next_start_ms, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }

  /** Stops the process in order, and has another take its place at once: that is no death. Resolves when it is gone. */
  async restart(): Promise<void> {
    this.#renewed = this.#life;
    await this.#life?.stop(patience_ms);
  }

  /** Stops the program for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#life?.stop(patience_ms);
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopping.abort();
    this.#life?.kill('SIGKILL');
  }

  async #live(life: Life): Promise<End> {
    const over = new AbortController();
    void untilReady(this.program.isReady, AbortSignal.any([over.signal, this.#stopping.signal])).then(
      (ready) => {
        if (!ready) return;
        this.#wasReady = true;
        this.events.ready(life, (Date.now() - life.started_at.getTime()) / 1000);
      },
    );
    const end = await life.ended;
    over.abort();
    return end;
  }

  #certify(end: End): Death {
    const memory_limit_bytes = this.program.limit_bytes();
    return {
      time: new Date().toISOString(),
      program: this.program.name,
      pid: end.pid,
      uptime_seconds: end.uptime_seconds,
      exit_code: end.exit_code,
      signal: end.signal,
      exit_status: exitStatus(end.exit_code, end.signal),
      ...causeOfDeath({ ...end, memory_limit_bytes }),
      last_memory_bytes: end.last_memory_bytes ?? null,
      memory_limit_bytes: memory_limit_bytes ?? null,
    };
  }
}
