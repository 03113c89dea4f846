import {
  type Evidence,
  type Session,
  type Sight,
  type Tools,
  type Trial,
  withSight,
  withTry,
} from '@leak-lab/course';
import { jsonOf } from '../service/client.ts';
import type { ConductorDeps } from './conductor-deps.ts';

const timeout_ms = 20_000;

interface UnderWay {
  readonly begun_ms: number;
  readonly ending: AbortController;
  saw: string;
  /** Whether what came of it is in the session, or was looked at in vain. */
  taken: boolean;
  /** What came of it. */
  sight: Sight | undefined;
}

/** What has to be tried out: one after the other, beside everything else. */
export class Trials {
  readonly #deps: ConductorDeps;
  readonly #evidence: () => Evidence;
  readonly #told: () => void;
  readonly #done: () => void;
  readonly #underWay = new Map<string, UnderWay>();
  /** Until nothing is tried any more: two that measure at once would measure each other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(deps: ConductorDeps, evidence: () => Evidence, told: () => void, done: () => void) {
    this.#deps = deps;
    this.#evidence = evidence;
    this.#told = told;
    this.#done = done;
  }

  get glances(): ReadonlyMap<string, { saw: string; waiting: boolean }> {
    return new Map(
      [...this.#underWay].map(([key, { saw, sight, taken }]) => [
        key,
        { saw: sight?.saw ?? saw, waiting: !taken },
      ]),
    );
  }

  /** Begins a trial, unless it is under way. */
  begin(trial: Trial, { begun_ms }: Session): void {
    const before = this.#underWay.get(trial.key);
    if (before !== undefined && before.sight === undefined) return;
    const ending = new AbortController();
    const run: UnderWay = { begun_ms, ending, saw: 'being tried', taken: false, sight: undefined };
    this.#underWay.set(trial.key, run);
    this.#before = this.#before
      .then(() => (ending.signal.aborted ? { seen: false, saw: '' } : trial.attempt(this.#tools(run))))
      .catch((error: Error) => ({ seen: false, saw: error.message }))
      .then((sight) => {
        if (ending.signal.aborted) return;
        run.sight = sight;
        this.#done();
      });
  }

  /** The session with what the trials brought. */
  taken(session: Session): Session {
    return [...this.#underWay].reduce((after, [key, run]) => {
      const { begun_ms, sight, taken } = run;
      run.taken = sight !== undefined;
      if (sight === undefined || taken || begun_ms !== session.begun_ms) return after;
      const now_ms = this.#deps.now_ms();
      return withTry(withSight(after, key, sight, now_ms), key, sight, now_ms);
    }, session);
  }

  end(): void {
    for (const { ending } of this.#underWay.values()) ending.abort();
    this.#underWay.clear();
  }

  #tools(run: UnderWay): Tools {
    const { client, traffic, workDirectory } = this.#deps;
    return {
      evidence: this.#evidence,
      work_directory: workDirectory,
      signal: run.ending.signal,
      send: (requests) => traffic.send(requests, run.ending.signal),
      hold: () => traffic.hold(run.ending.signal),
      tell: (words) => {
        run.saw = words;
        this.#told();
      },
      service: async (method, path, json) => {
        const answer = await client.call(method, path, { json: json ?? {}, timeout_ms });
        return { status: answer.status, json: jsonOf(answer, path) };
      },
    };
  }
}
