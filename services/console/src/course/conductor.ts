import {
  currentPart,
  isPartDone,
  isPassed,
  type Lab,
  type Progress,
  partsOf,
  type Session,
  withoutSession,
  withPass,
} from '@leak-lab/course';
import { seedFor } from '@leak-lab/incident';
import type { Course, PastIncident } from '../api/contract.ts';
import { answerIn, type Recorded, withNextHint } from './answering.ts';
import { Bench } from './bench.ts';
import type { ConductorDeps } from './conductor-deps.ts';
import { DrillDesk } from './drill-desk.ts';
import type { Act, WantedDrill } from './drills.ts';
import type { LoadedLab } from './labs.ts';
import { newestLook } from './newest-look.ts';
import { openSolution, takeOver, withBegun } from './progress-rules.ts';
import { noLab, unknownLab } from './refusals.ts';
import { seen } from './seen.ts';
import { Services } from './services.ts';
import { Trials } from './trials.ts';
import { Turns } from './turns.ts';
import {
  evidenceOf,
  isLeftToSee,
  refuseUnderWay,
  serveCustomers,
  toTry,
  type UnderWay,
  underWay,
  unpassed,
} from './under-way.ts';
import { courseView, type Glances } from './view.ts';

const look_ms = 2_000;

/** Runs a lab: brings the service to its state, sees what is brought about, and takes answers. */
export class Conductor {
  readonly #deps: ConductorDeps;
  readonly #services: Services;
  readonly #bench: Bench;
  readonly #trials: Trials;
  readonly #desk: DrillDesk;
  readonly #record: Recorded;
  readonly #timer: NodeJS.Timeout;
  #glances: Glances = new Map();
  #shown = '';
  readonly #turns = new Turns();

  constructor(deps: ConductorDeps) {
    this.#deps = deps;
    const evidence = () => evidenceOf(deps, this.#running());
    this.#record = { evidence, newest: () => newestLook(deps), now_ms: deps.now_ms };
    this.#services = new Services(deps);
    this.#bench = new Bench(deps);
    this.#trials = new Trials(
      deps,
      evidence,
      () => this.#tell(),
      () => void this.#lookInTurn(),
    );
    this.#desk = new DrillDesk(deps, {
      services: this.#services,
      trials: this.#trials,
      evidence,
      changed: () => {
        this.#glances = new Map();
        this.#setTraffic();
      },
    });
    this.#setTraffic();
    this.#timer = setInterval(() => void this.#lookInTurn(), look_ms).unref();
  }

  get progress(): Progress {
    return this.#deps.file.progress;
  }

  course(): Course {
    const { labs, file, traffic } = this.#deps;
    const trials = this.#trials.glances;
    return courseView(labs, file.progress, new Map([...this.#glances, ...trials]), traffic.per_second);
  }

  /** Throws 404 for a lab that there is not. */
  lab(id: string): LoadedLab {
    const found = this.#deps.labs.find((lab) => lab.id === id);
    if (found === undefined) throw unknownLab(id, this.#deps.labs);
    return found;
  }

  get #current(): UnderWay | undefined {
    return underWay(this.#deps);
  }

  /** Rejects with 409 where a lab is under way, this or another one, that is not to end by it, or with the service's own refusal; nothing is changed then. */
  start(id: string, instead: boolean): Promise<Course> {
    const lab = this.lab(id);
    return this.#inTurn(async () => {
      if (!instead) refuseUnderWay(this.#current, lab);
      await this.#services.expect(lab.needs);
      await this.#begin(lab, 0, null);
    });
  }

  /** Begins an incident. Rejects as `start` does. */
  startDrill(wanted: WantedDrill, instead: boolean): Promise<Course> {
    return this.#inTurn(async () => {
      if (!instead) refuseUnderWay(this.#current, undefined);
      await this.#desk.begin(wanted);
    });
  }

  /** Ends the incident that runs, scored. Rejects with 409 where none does. */
  async endDrill(): Promise<PastIncident> {
    await this.#inTurn(() => this.#desk.end());
    return this.#desk.last();
  }

  /** Something is done to the service in an incident, and kept with it. Rejects as the desk does. */
  act(how: Act, name: string): Promise<Course> {
    return this.#inTurn(async () => this.#keep(await this.#desk.act(how, name)));
  }

  /** Looks at once, and tries what has to be tried. */
  check(): Promise<Course> {
    return this.#inTurn(async () => {
      this.#running();
      await this.#look();
      if (isLeftToSee(this.#running())) {
        await this.#record.newest();
        await this.#look();
      }
      const current = this.#running();
      for (const item of toTry(current)) this.#trials.begin(item, current.session);
    });
  }

  answer(key: string, value: string): Promise<Course> {
    return this.#inTurn(async () => {
      const { lab, session } = this.#running();
      const after = await answerIn(lab, session, { key, value }, this.#record);
      if (after.notice !== null) return this.#begin(lab, session.part, after.notice);
      if (after.session === session) return;
      this.#keep(after.session);
      // Who knows the answer has brought about what it is of: that counts now, not with the next look.
      this.#see();
      await this.#nextPart(lab).catch(() => undefined);
    });
  }

  hint(): Promise<Course> {
    return this.#inTurn(async () => {
      const { lab, session } = this.#running();
      const after = withNextHint(lab, session, this.#record.evidence());
      if (after !== session) this.#keep(after);
    });
  }

  /** The customers' requests a second; `null`: as the lab began. */
  setTraffic(per_second: number | null): Promise<Course> {
    return this.#inTurn(async () => {
      const { session } = this.#running();
      this.#keep({ ...session, traffic_per_second: per_second });
      this.#setTraffic();
    });
  }

  /** No lab runs after it, and the service is as after a start. `forget`: what was reached in this lab too. */
  reset(forget: string | undefined): Promise<Course> {
    return this.#inTurn(async () => {
      const { file } = this.#deps;
      const over = this.#desk.scored();
      await this.#services.end();
      this.#trials.end();
      if (forget !== undefined) this.#bench.clear(this.lab(forget));
      file.write(withoutSession(over, forget));
      this.#glances = new Map();
      this.#setTraffic();
    });
  }

  /** Throws 409 while it is closed; `give_up` opens it. */
  solution(id: string, give_up: boolean): string {
    const { solution } = this.lab(id);
    if (openSolution(this.#deps.file, id, give_up)) this.#tell();
    return solution;
  }

  /** What was reached elsewhere, where nothing is known here: a lab under way is not taken over. Throws 409 where something is. */
  takeOver(progress: Progress): Course {
    takeOver(this.#deps.file, progress);
    this.#tell();
    return this.course();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#trials.end();
    this.#deps.traffic.stop();
    this.#deps.patients.stop();
  }

  /** The lab that runs. Throws 409 where none does. */
  #running(): UnderWay {
    const { session } = this.#deps.file.progress;
    if (session === null) throw noLab(this.#deps.labs);
    return this.#current ?? { lab: this.lab(session.lab), session };
  }

  /** Begins a part of a lab, or the lab with its first. */
  async #begin(lab: Lab, part: number, notice: string | null): Promise<void> {
    const { file, now_ms, profile } = this.#deps;
    const { setup } = partsOf(lab)[part] ?? lab;
    const seeds = setup.seeds((fits) => seedFor(fits, { level: setup.level ?? 0 }));
    const progress = this.#desk.scored();
    this.#trials.end();
    // A trial of the part before may have recorded allocations: since then the service samples anew, and no older profile is comparable.
    if (part > 0) await profile();
    await this.#services.begin(setup, seeds, lab.services ?? 1, (unclean) => {
      this.#bench.lay(setup, seeds);
      this.#glances = new Map();
      const begun = withBegun(progress, { lab, part, seeds }, now_ms());
      const session = begun.session && { ...begun.session, notice: notice ?? unclean };
      return file.replace({ ...begun, session });
    });
    this.#setTraffic();
  }

  /** Begins the part after the one that is done, where there is one. */
  async #nextPart(lab: Lab): Promise<void> {
    const { session } = this.#deps.file.progress;
    if (session === null || !isPartDone(session, lab)) return;
    await this.#begin(lab, session.part + 1, null);
  }

  async #lookInTurn(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#desk.tellEnd();
      await this.#look();
    }).catch((error: Error) => {
      this.#deps.logger.error({ err: error }, 'the lab that runs could not be looked at');
    });
  }

  async #look(): Promise<void> {
    const current = unpassed(this.#current);
    if (current === undefined) return;
    const { lab, session } = current;
    const { setup, items } = currentPart(lab, session);
    const isTouched = items.some(({ key }) => session.achieved[key] !== undefined);
    await this.#services.goOn(setup, session, isTouched).catch(() => undefined);
    this.#see();
    // What cannot be begun now is tried again with the next look.
    await this.#nextPart(lab).catch(() => undefined);
  }

  /** Keeps what was brought about by now. */
  #see(): void {
    const current = unpassed(this.#current);
    if (current === undefined) return;
    const { session, glances } = seen(this.#deps, this.#trials, current);
    this.#glances = glances;
    if (session === current.session) this.#tell();
    else this.#keep(session);
  }

  #keep(session: Session): void {
    const { file, now_ms } = this.#deps;
    const progress = { ...file.progress, session };
    const passed = isPassed(session, this.#running().lab);
    file.write(passed ? withPass(progress, now_ms()) : progress);
    this.#tell();
  }

  #setTraffic(): void {
    serveCustomers(this.#deps, this.#services, this.#current);
  }

  #tell(): void {
    const course = this.course();
    const words = JSON.stringify(course);
    if (words === this.#shown) return;
    this.#shown = words;
    this.#deps.changed(course);
  }

  #inTurn(work: () => Promise<void>): Promise<Course> {
    return this.#turns.take(async () => {
      await work();
      this.#tell();
      return this.course();
    });
  }
}
