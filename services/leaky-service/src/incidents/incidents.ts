import { type IncidentLevel, incidentOf } from '@leak-lab/incident';
import type { Logger } from 'pino';
import type { Switchboard } from '../leaks/switchboard.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import { fileOf } from '../work/load.ts';
import type { Workbench } from '../work/workbench.ts';
import type { Blindness } from './blindness.ts';
import { Onset } from './onset.ts';
import { incidentNotKept, incidentRunning, noIncident, noIncidentFile, unknownFeature } from './refusals.ts';
import { type KeptIncident, SeedFile } from './seed-file.ts';

/** What may be said of an incident: that it runs and since when, never what it is. */
export interface IncidentState {
  readonly running: boolean;
  readonly started_at: string | null;
}

export interface IncidentDeps {
  /** Where the seed is kept, a path; none where no place was named. */
  readonly file: string | undefined;
  readonly blind: Blindness;
  readonly switchboard: Switchboard;
  readonly upstream: UpstreamClient;
  readonly workbench: Workbench;
  /** Looks at the Valkey, where there is one: seen only in some incidents it would tell of them. */
  readonly lookAround: () => void;
  /** Everything in the service as after a start, and in the upstream. */
  readonly reset: () => Promise<unknown>;
  readonly logger: Logger;
}

/** Runs one incident at a time, over deaths of the process. */
export class Incidents {
  readonly #deps: IncidentDeps;
  readonly #file: SeedFile | undefined;
  readonly #onset: Onset;
  #running: KeptIncident | undefined;
  /** What the learner has switched off in it, by id. */
  readonly #off = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: IncidentDeps) {
    this.#deps = deps;
    this.#file = deps.file === undefined ? undefined : new SeedFile(deps.file);
    this.#onset = new Onset(deps.switchboard, deps.upstream, deps.logger);
  }

  get state(): IncidentState {
    const started_ms = this.#running?.started_ms;
    return {
      running: started_ms !== undefined,
      started_at: started_ms === undefined ? null : new Date(started_ms).toISOString(),
    };
  }

  /** Goes on with the incident that the process before was in, where it was in one. */
  resume(): void {
    const kept = this.#file?.read();
    if (kept === undefined) return;
    if ('seed' in kept) this.#run(kept);
    else
      this.#deps.logger.warn(
        { file: this.#deps.file, ...kept },
        'the file of the incident is not one: none runs',
      );
  }

  /**
   * Everything is reset first. Throws `incident_running` where one runs, `no_incident_file` and `incident_not_kept` where it would
   * not outlive the process, and what says that something it needs is not there.
   */
  begin(seed: number, level: IncidentLevel = 0): Promise<IncidentState> {
    return this.#inTurn(async () => {
      const { blind, reset, switchboard } = this.#deps;
      const file = this.#file;
      if (this.#running) throw incidentRunning();
      if (!file) throw noIncidentFile();
      for (const { id } of incidentOf(seed, level).leaks) await switchboard.prepare(id);
      const kept = keptOrRefused(() => file.write(seed, level));
      this.#running = kept;
      this.#off.clear();
      blind.beginIncident();
      await reset();
      this.#run(kept);
      return this.state;
    });
  }

  /** Everything is as after a start, whether one ran or not. Throws `incident_not_kept` where its file cannot be removed. */
  end(): Promise<IncidentState> {
    return this.#inTurn(async () => {
      const { blind, reset } = this.#deps;
      keptOrRefused(() => this.#file?.remove());
      this.#onset.cancel();
      this.#running = undefined;
      await reset();
      blind.endIncident();
      return this.state;
    });
  }

  /**
   * Switches a feature off, by the name of its file. Whether it had a part in the incident is not said: what comes of it is to be
   * seen. Throws `no_incident`, and `unknown_feature`.
   */
  switchOff(file: string): IncidentState {
    const id = this.#featureIn(file);
    this.#off.add(id);
    this.#deps.switchboard.change(id, { enabled: false });
    return this.state;
  }

  /** Puts the learner's copy of a feature in its place. Rejects as `switchOff` throws, and with `code_does_not_load`. */
  async mend(file: string): Promise<IncidentState> {
    const { switchboard, workbench } = this.#deps;
    const id = this.#featureIn(file);
    try {
      const make = await workbench.load(id, { file, className: switchboard.classNameOf(id) });
      this.#featureIn(file);
      switchboard.change(id, { enabled: switchboard.state(id).enabled, variant: 'learner', make });
    } finally {
      workbench.keepOnly(switchboard.learnersIds);
    }
    return this.state;
  }

  /** The id of the feature in a file, while an incident runs. */
  #featureIn(file: string): string {
    const { switchboard } = this.#deps;
    if (!this.#running) throw noIncident();
    const byFile = new Map(
      Object.keys(switchboard.states()).map((id) => [fileOf(switchboard.classNameOf(id)), id]),
    );
    const id = byFile.get(file);
    if (id === undefined) throw unknownFeature(file, [...byFile.keys()]);
    return id;
  }

  stop(): void {
    this.#onset.cancel();
  }

  #run(kept: KeptIncident): void {
    this.#running = kept;
    this.#deps.blind.beginIncident();
    this.#deps.lookAround();
    this.#onset.await(incidentOf(kept.seed, kept.level), Date.now() - kept.started_ms, this.#off);
  }

  /** One after the other: who begins one while another ends finds it over. */
  #inTurn<Done>(act: () => Promise<Done>): Promise<Done> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function keptOrRefused<Done>(act: () => Done): Done {
  try {
    return act();
  } catch (error) {
    throw incidentNotKept(error);
  }
}
