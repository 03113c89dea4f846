import { setTimeout as pause } from 'node:timers/promises';
import type { Phase, Sample } from '@leak-lab/leak-verdict';
import { type Counts, countsSince, failuresInWords } from './counts.ts';
import { firstReading, nextReading } from './dogged-reading.ts';
import { NoReading, type Reading } from './memory-reader.ts';
import { nearsLimit } from './near-limit.ts';
import {
  type Outcome,
  type ProcedureOptions,
  type ProcedureResult,
  type Rest,
  usualIdle,
  usualPartsOf,
  usualRest,
  usualSettling_seconds,
  usualWarmUp,
} from './procedure-options.ts';
import type { Sent } from './sender.ts';

export type { Outcome, ProcedureOptions, ProcedureResult, Progress, Rest } from './procedure-options.ts';
export { usualIdle, usualRest, usualWarmUp } from './procedure-options.ts';

const watch_seconds = 0.25;
/** So many requests go between two looks at the limit. */
const slice = 250;

/**
 * Warm-up, baseline, a load, after, an equal load, after, idle; memory is read at each rest and after each part of a load,
 * garbage collected before where the target can. Ends early, with what is known, where the target ends or does not answer.
 * Throws {@link NoReading} where there is no reading to begin with.
 */
export async function runProcedure(options: ProcedureOptions): Promise<ProcedureResult> {
  return new Procedure(options).run();
}

/** Thrown inside to come to the end at once. */
class Over extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

class Procedure {
  readonly #options: ProcedureOptions;
  readonly #samples: Sample[] = [];
  readonly #begun_ms = performance.now();
  #phase: Phase = 'warm-up';
  #load_ms = 0;
  #restsDone = 0;
  #warmUp: Counts;
  #newest: Reading = {};
  #initial: Reading | undefined;
  /** What a watcher saw since the last sample: how full it was before it ended. */
  #seen: Sample | undefined;

  constructor(options: ProcedureOptions) {
    this.#options = options;
    this.#warmUp = options.sender.counts;
  }

  async run(): Promise<ProcedureResult> {
    const { reader, requests, warmUp = usualWarmUp(requests), signal } = this.#options;
    this.#newest = await firstReading(reader, signal);
    const { process } = this.#newest;
    const outcome = await this.#allPhases(warmUp).catch((thrown: unknown) => {
      if (thrown instanceof Over) return thrown.outcome;
      throw thrown;
    });
    if (outcome.kind === 'ended' && this.#seen !== undefined) this.#samples.push(this.#seen);
    return {
      samples: this.#samples,
      counts: this.#counts(),
      warmUp: this.#warmUp,
      load_seconds: this.#load_ms / 1000,
      seconds: this.#elapsed_seconds(),
      outcome,
      process,
    };
  }

  async #allPhases(warmUp: number): Promise<Outcome> {
    const { requests, sender, rest = usualRest, idle = usualIdle } = this.#options;
    await this.#send(warmUp);
    this.#warmUp = sender.counts;
    if (this.#warmUp.ok === 0) {
      const why = `none of ${this.#warmUp.requests} requests succeeded: ${failuresInWords(this.#warmUp)}`;
      return { kind: 'silent', during: this.#phase, why };
    }
    await this.#rest('baseline', rest);
    const first = Math.floor(requests / 2);
    await this.#load(first);
    await this.#rest('after', rest);
    await this.#load(requests - first);
    await this.#rest('after', rest);
    await this.#rest('idle', idle);
    return { kind: 'complete' };
  }

  async #load(amount: number): Promise<void> {
    const { parts = usualPartsOf(amount) } = this.#options;
    this.#phase = 'load';
    const end = this.#counts().requests + amount;
    for (let left = amount; left > 0; left = end - this.#counts().requests) {
      const begun_ms = performance.now();
      await this.#send(Math.min(left, Math.ceil(amount / parts))).finally(() => {
        this.#load_ms += performance.now() - begun_ms;
      });
      // As it is under load, and then what is held; after the last part the rest tells that.
      await this.#read({ collect: false });
      if (this.#counts().requests < end) await this.#read({ collect: true });
    }
  }

  async #rest(phase: Phase, { readings, interval_seconds }: Rest): Promise<void> {
    this.#phase = phase;
    for (let number = 1; number <= readings; number += 1) {
      await this.#pause(interval_seconds);
      await this.#read({ collect: true, number });
    }
    this.#restsDone += 1;
  }

  /** Sends, and looks now and then how memory is meanwhile: on the way to the limit it ends earlier, to be read. */
  async #send(amount: number): Promise<void> {
    const { sender, settle_seconds = usualSettling_seconds } = this.#options;
    const over = new AbortController();
    const watching = this.#watch(over.signal);
    const before = this.#newest;
    let sent: Sent = 'all';
    for (let left = amount; left > 0 && sent === 'all'; left -= slice) {
      sent = await sender.send(Math.min(slice, left));
      if (this.#phase === 'load' && nearsLimit(before, this.#newest)) break;
    }
    over.abort();
    sender.close();
    await watching;
    if (sent !== 'stopped') await this.#pause(settle_seconds);
    if (sent === 'stopped') throw new Over({ kind: 'stopped' });
    if (sent === 'all') return;
    // Nobody answers: whether because it ended tells the next reading.
    await this.#read({ collect: false });
    const why = `requests stay without an answer: ${failuresInWords(sender.counts)}`;
    throw new Over({ kind: 'silent', during: this.#phase, why });
  }

  async #watch(over: AbortSignal): Promise<void> {
    const { reader } = this.#options;
    while (!over.aborted) {
      await pause(watch_seconds * 1000, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      const reading = await (reader.watch?.() ?? reader.read()).catch(() => undefined);
      if (reading === undefined || !this.#isSame(reading)) continue;
      this.#newest = { ...this.#newest, ...reading };
      if (this.#phase !== 'warm-up') this.#seen = this.#sampleOf(reading);
      this.#tell();
    }
  }

  async #read({ collect, number }: { collect: boolean; number?: number }): Promise<void> {
    const { reader, signal } = this.#options;
    const collects = collect && reader.collect !== undefined;
    const reading = await nextReading(reader, { collects, signal }).catch((thrown: unknown) => {
      if (!(thrown instanceof NoReading)) throw thrown;
      if (signal?.aborted === true) throw new Over({ kind: 'stopped' });
      throw new Over({ kind: 'ended', during: this.#phase, restarted: false, why: thrown.message });
    });
    if (!this.#isSame(reading)) {
      const why = `process ${reading.process} answers in its place`;
      throw new Over({ kind: 'ended', during: this.#phase, restarted: true, why });
    }
    this.#newest = reading;
    if (this.#phase === 'baseline') this.#initial ??= reading;
    if (this.#phase !== 'warm-up') this.#samples.push(this.#sampleOf(reading, collects));
    this.#seen = undefined;
    this.#tell(number);
  }

  #sampleOf(reading: Reading, collected = false): Sample {
    const { requests, failed, connections_opened } = this.#counts();
    // Where connections are kept their number is the sender's own affair.
    const kept = this.#warmUp.connections_opened < this.#warmUp.requests / 2;
    return {
      ...reading,
      time_seconds: this.#elapsed_seconds(),
      phase: this.#phase,
      requests_total: requests,
      failed_total: failed,
      ...(!kept && { connections_total: connections_opened }),
      ...(collected && { collected }),
    };
  }

  #tell(number?: number): void {
    this.#options.onProgress?.({
      phase: this.#phase,
      elapsed_seconds: this.#elapsed_seconds(),
      counts: this.#counts(),
      requests_planned: this.#options.requests,
      reading: this.#newest,
      initial: this.#initial,
      number,
      rests_done: this.#restsDone,
      load_seconds: this.#load_ms / 1000,
    });
  }

  #counts = (): Counts => countsSince(this.#warmUp, this.#options.sender.counts);

  #isSame = ({ process }: Reading): boolean =>
    process == null || this.#newest.process == null || process === this.#newest.process;

  #elapsed_seconds = (): number => Math.round(performance.now() - this.#begun_ms) / 1000;

  async #pause(seconds: number): Promise<void> {
    const { signal } = this.#options;
    await pause(seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() => {
      throw new Over({ kind: 'stopped' });
    });
  }
}
