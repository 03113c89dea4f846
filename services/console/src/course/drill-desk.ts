import { join } from 'node:path';
import {
  beginDrill,
  drillId,
  drillOf,
  type Evidence,
  type Progress,
  type Session,
  withRecord,
  withTry,
} from '@leak-lab/course';
import type { PastIncident } from '../api/contract.ts';
import type { ConductorDeps } from './conductor-deps.ts';
import { pastIncidents } from './drill-view.ts';
import { type Act, actInIncident, actKey, beginDrawn, recordOf, type WantedDrill } from './drills.ts';
import { doesNotBehave, noIncident, onlyLooking } from './refusals.ts';
import type { Services } from './services.ts';
import type { Trials } from './trials.ts';

export interface DeskParts {
  readonly services: Services;
  readonly trials: Trials;
  /** What was recorded since the incident that runs began. */
  readonly evidence: () => Evidence;
  /** Another session is kept, or none. */
  readonly changed: () => void;
}

/** Begins, ends and scores incidents, and does to the service what a learner does in one. One thing at a time: the conductor sees to that. */
export class DrillDesk {
  readonly #deps: ConductorDeps;
  readonly #parts: DeskParts;
  /** The service does not know yet that the incident is over. */
  #owesEnd = false;

  constructor(deps: ConductorDeps, parts: DeskParts) {
    this.#deps = deps;
    this.#parts = parts;
  }

  /** What is kept, with the incident that runs, where one does, as over and scored. */
  scored(): Progress {
    const { progress } = this.#deps.file;
    const { session } = progress;
    return session?.lab === drillId
      ? withRecord(progress, recordOf(session, this.#parts.evidence()))
      : progress;
  }

  /** Begins one; where no seed is said, one that this machine has all for. Rejects with the service's refusal. */
  async begin(wanted: WantedDrill): Promise<void> {
    const { file, now_ms } = this.#deps;
    const { services, trials, changed } = this.#parts;
    const over = this.scored();
    trials.end();
    await beginDrawn(wanted, async (drill, notice) => {
      const { setup, needs } = drillOf({ ...drill, begun_ms: now_ms() });
      // Asked for whatever it is: requests are counted by route, for all to see.
      await services.expect('valkey').catch((refusal) => {
        if (needs !== undefined) throw refusal;
      });
      await services.begin(setup, [drill.seed], 1, (unclean) =>
        file.replace(beginDrill(over, { ...drill, begun_ms: now_ms() }, notice ?? unclean)),
      );
    });
    this.#owesEnd = false;
    changed();
  }

  /** It is over, scored and kept, whatever becomes of the service. Rejects with 409 where none runs. */
  async end(): Promise<void> {
    const { file, logger } = this.#deps;
    const { trials, changed } = this.#parts;
    this.#running();
    file.write(this.scored());
    trials.end();
    changed();
    this.#owesEnd = true;
    await this.tellEnd();
    if (this.#owesEnd) logger.warn('the incident is over, and the service could not be told yet');
  }

  /** Tells the service that the incident is over, where it could not be told so far: one that was killed is back within seconds. */
  async tellEnd(): Promise<void> {
    if (!this.#owesEnd) return;
    const isBusy = this.#deps.file.progress.session !== null;
    this.#owesEnd = !isBusy && !(await succeeds(() => this.#parts.services.end()));
  }

  /** The one that was over last. */
  last(): PastIncident {
    return pastIncidents(this.#deps.file.progress.incidents)[0] as PastIncident;
  }

  /** The session after something was done to the service. Rejects with 409 where nothing is to be done, and with the service's refusal. */
  async act(how: Act, name: string): Promise<Session> {
    const session = this.#running();
    if (session.level === 1) throw onlyLooking();
    const { client, now_ms } = this.#deps;
    if (how === 'mend') await this.#behaves(name);
    await actInIncident(client, how, name);
    return withTry(session, actKey(how, name), { seen: true, saw: '', figures: {} }, now_ms());
  }

  /** Rejects with 422 for a file that some lab knows, and that does not do any more what it is for. */
  async #behaves(name: string): Promise<void> {
    const { labs, workDirectory } = this.#deps;
    const [tried] = labs.flatMap(({ behaviours }) => behaviours?.[name] ?? []);
    const [failure] = (await tried?.(join(workDirectory, name)))?.failures ?? [];
    if (failure !== undefined) throw doesNotBehave(name, failure);
  }

  #running(): Session {
    const { session } = this.#deps.file.progress;
    if (session?.lab !== drillId) throw noIncident();
    return session;
  }
}

const succeeds = (act: () => Promise<unknown>): Promise<boolean> =>
  act().then(
    () => true,
    () => false,
  );
