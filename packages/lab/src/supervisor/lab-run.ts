import { setTimeout as pause } from 'node:timers/promises';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { type Death, recordDeath } from '../state/deaths.ts';
import { type LabState, writeState } from '../state/lab-state.ts';
import { formatSeconds } from '../text/duration.ts';
import { announceDeath, announceLimitChange, announcePage, announceReady } from './announcements.ts';
import { answerConsole, limitLowered } from './console-words.ts';
import { couldNotStart, withoutConsole, withoutValkey } from './could-not-start.ts';
import { describeRun } from './describe-run.ts';
import { Keeper, type KeeperEvents } from './keeper.ts';
import { rotateLog } from './log-file.ts';
import { buildPage } from './page.ts';
import { Patients } from './patients.ts';
import type { ProgramName } from './program.ts';
import {
  consoleProgram,
  serviceProgram,
  servicesFolder,
  upstreamProgram,
  valkeyProgram,
} from './programs.ts';
import { type LimitChange, RaisedLimit } from './raised-limit.ts';
import type { SuperviseOptions } from './supervise.ts';

const rotation_interval_ms = 10_000;
/** A console that takes longer than this to answer does not hold up the rest. */
const consolePatience_ms = 10_000;

/** One run of the embedded lab: its programs, the limit around one of them, and what is said of them. */
export class LabRun {
  readonly #options: SuperviseOptions;
  readonly #limit: MemoryLimit;
  readonly #begun = new Date();
  readonly #services: string;
  readonly #service: Keeper;
  readonly #upstream: Keeper;
  readonly #console: Keeper;
  readonly #valkey: Keeper | undefined;
  readonly #patients: Patients;
  readonly #raised: RaisedLimit;
  readonly #serviceReady = Promise.withResolvers<void>();
  readonly #consoleSettled = Promise.withResolvers<boolean>();
  #phase: LabState['phase'] = 'starting';

  constructor(options: SuperviseOptions, limit: MemoryLimit) {
    const { directory, services = servicesFolder } = options;
    this.#options = options;
    this.#limit = limit;
    this.#services = services;
    this.#raised = new RaisedLimit(
      limit,
      () => ({
        pid: this.#service.life?.identity?.pid,
        used_bytes: this.#service.life?.last_memory_bytes,
      }),
      (change) => this.#limitChanged(change),
    );
    const limitNow = () => this.#raised.inForce_bytes;
    this.#service = this.#keep(serviceProgram(options, limit, limitNow, directory, services), {
      starting: () => this.#raised.newLife(),
      ready: (life, after_seconds) => {
        this.#serviceReady.resolve();
        if (this.#phase !== 'running') return;
        const pid = life.identity?.pid;
        options.say(`✓ The service is back after ${formatSeconds(after_seconds)} (process ${pid}).`);
      },
    });
    this.#upstream = this.#keep(upstreamProgram(options, directory, services));
    const valkey = valkeyProgram(options, directory);
    this.#valkey = valkey && this.#keep(valkey);
    this.#patients = new Patients({
      options,
      services,
      keep: (program, more) => this.#keep(program, more),
      changed: () => this.#save(),
    });
    this.#console = this.#keep(consoleProgram(options, directory, services), {
      ready: () => this.#consoleSettled.resolve(true),
      heard: (message) =>
        void answerConsole(
          message,
          { raised: this.#raised, patients: this.#patients, service: this.#service },
          (answer) => this.#console.life?.tell(answer),
        ),
      died: () => {
        this.#consoleSettled.resolve(false);
        // Nobody is left to say that its capture is over.
        this.#raised.captureOver();
      },
    });
  }

  /** Runs until told to stop. Throws a `LabError` when service or upstream cannot start; the console may fail. */
  async run(): Promise<void> {
    const { directory, now, stop } = this.#options;
    const ports: Readonly<Partial<Record<ProgramName, number>>> = this.#options.ports;
    const killAll = () => {
      for (const keeper of this.#keepers) keeper.kill();
      this.#patients.kill();
    };
    now.addEventListener('abort', killAll);
    process.once('exit', killAll);
    const rotation = setInterval(() => {
      const patients = this.#patients.all.map(({ keeper }) => keeper);
      for (const { program } of [...this.#keepers, ...patients]) rotateLog(program.log);
    }, rotation_interval_ms);
    try {
      void this.#announce();
      void this.#runConsole();
      void this.#runValkey();
      const ends = [this.#upstream, this.#service].map((keeper) => hopeless(keeper.run()));
      const outcome = await Promise.race([aborted(stop), ...ends]);
      if (outcome !== undefined) throw couldNotStart(outcome, directory, ports[outcome.program]);
    } finally {
      this.#phase = 'stopping';
      clearInterval(rotation);
      this.#raised.stop();
      // First, or it would take the end of the service for a death.
      await this.#console.stop();
      await Promise.all([this.#service.stop(), this.#upstream.stop(), this.#patients.stop()]);
      await this.#valkey?.stop();
      process.removeListener('exit', killAll);
    }
  }

  get #keepers(): readonly Keeper[] {
    return [this.#console, this.#service, this.#upstream, ...(this.#valkey ? [this.#valkey] : [])];
  }

  #keep(program: Keeper['program'], more: Partial<KeeperEvents> = {}): Keeper {
    const keeper: Keeper = new Keeper(program, {
      ready: () => undefined,
      ...more,
      started: () => this.#save(),
      died: (death, next_start_ms) => {
        recordDeath(this.#options.directory, death);
        this.#options.say(announceDeath(death, keeper.deaths, next_start_ms));
        this.#save();
        more.died?.(death, next_start_ms);
      },
    });
    return keeper;
  }

  async #runConsole(): Promise<void> {
    const { say } = this.#options;
    for (const line of announcePage(await buildPage(this.#services))) say(line);
    const last = await this.#console.run();
    if (last !== undefined) say(withoutConsole(last, this.#options.directory));
  }

  async #runValkey(): Promise<void> {
    const last = await this.#valkey?.run();
    if (last !== undefined) this.#options.say(withoutValkey(last, this.#options.directory));
  }

  async #announce(): Promise<void> {
    const { say, onReady } = this.#options;
    await this.#serviceReady.promise;
    const patience = pause(consolePatience_ms, false, { ref: false });
    const consoleAnswers = await Promise.race([this.#consoleSettled.promise, patience]);
    if (this.#phase !== 'starting') return;
    this.#phase = 'running';
    this.#save();
    say(announceReady(this.#describe(), (Date.now() - this.#begun.getTime()) / 1000, consoleAnswers));
    onReady();
  }

  #limitChanged(change: LimitChange): void {
    this.#options.say(announceLimitChange(change));
    if (change.reason !== 'a capture') this.#console.life?.tell(limitLowered(change));
    this.#save();
  }

  #save(): void {
    writeState(this.#options.directory, this.#describe());
  }

  #describe(): LabState {
    return describeRun({
      options: this.#options,
      limit: this.#limit,
      phase: this.#phase,
      started_at: this.#begun,
      service: this.#service,
      upstream: this.#upstream,
      console: this.#console,
      valkey: this.#valkey,
      patients: this.#patients.all,
      raisedTo_bytes: this.#raised.raisedTo_bytes,
    });
  }
}

/** Resolves only with the death after which there is no sense in going on. */
async function hopeless(run: Promise<Death | undefined>): Promise<Death> {
  return (await run) ?? new Promise<never>(() => undefined);
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
