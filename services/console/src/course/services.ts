import { drillId, type Need, type Session, type Setup } from '@leak-lab/course';
import { incidentOf } from '@leak-lab/incident';
import { askService } from '../service/ask.ts';
import type { ServiceClient } from '../service/client.ts';
import { untilAnother, whyTooFull } from './clean-service.ts';
import { actAgain } from './drills.ts';
import { beginIncident, endIncident, switchOn } from './incidents.ts';
import type { Patients } from './patients.ts';
import type { ServicesKeeper } from './services-keeper.ts';
import type { Traffic } from './traffic.ts';
import { until } from './until.ts';

const timeout_ms = 5_000;
/** The record sees another life within a second; on a busy machine it may be some. */
const recorded_ms = 5_000;

export interface ServicesDeps {
  readonly client: ServiceClient;
  readonly traffic: Traffic;
  readonly patients: Patients;
  /** Who restarts the first one; nobody where it is started by hand, as on Docker. */
  readonly keeper: ServicesKeeper | undefined;
  /** The first service, as the record sees it. */
  readonly service: () => { readonly isUp: boolean; readonly life: number | undefined };
}

const byHand =
  'A snapshot keeps its memory until the process ends: docker compose restart leaky-service, then begin the lab anew (--instead).';

/** All services of the course, in the state that a lab wants them in: what happens in each, and what its customers ask. */
export class Services {
  readonly #deps: ServicesDeps;
  /** The life in which the first one's incident is known to run. */
  #ensuredLife: number | undefined;
  /** What was taken back runs there, it may be: a service that answers too late did what it was asked. */
  #mayHaveBegun = false;

  constructor(deps: ServicesDeps) {
    this.#deps = deps;
  }

  /** Rejects with the service's own refusal where what a lab cannot do without is not there; nothing is changed by it. */
  async expect(need: Need | undefined): Promise<void> {
    if (need !== undefined) await askService(this.#deps.client, 'GET', `/admin/${need}`, { timeout_ms });
  }

  /**
   * Ends what ran, and begins the incident of a seed in each. Between the two `keep` writes down what is to come, so that a console
   * which is killed meanwhile goes on with it; it is told what one should know where a service could not be made a clean one, and gives
   * what takes it back. Rejects where services are missing, and with the service's refusal; nothing is written down then.
   */
  async begin(
    setup: Setup,
    seeds: readonly number[],
    count: number,
    keep: (notice: string | null) => () => void,
  ): Promise<void> {
    const { patients, service } = this.#deps;
    if (count > 1) await patients.bring(count - 1);
    else await patients.away();
    this.setTraffic(0);
    // What ran is not there any more, where what is to come is refused.
    this.#ensuredLife = undefined;
    const [notice] = await Promise.all([this.#clean(), patients.clean(count - 1)]);
    const takeBack = keep(notice);
    try {
      await this.#beginEach(setup, seeds);
    } catch (error) {
      takeBack();
      this.#mayHaveBegun = true;
      throw error;
    }
    this.#mayHaveBegun = false;
    this.#ensuredLife = service().life;
  }

  /**
   * What a lab made to happen goes on, whatever became of the services meanwhile; in the open only while the learner has brought
   * nothing about. Rejects where that cannot be now.
   */
  async goOn(setup: Setup, session: Session, isTouched: boolean): Promise<void> {
    const [first, ...others] = session.seeds;
    const { client, service, patients } = this.#deps;
    const { life, isUp } = service();
    if (isUp && first !== undefined && life !== this.#ensuredLife) {
      if (this.#mayHaveBegun) await endIncident(client);
      this.#mayHaveBegun = false;
      // What the learner has stopped in the open stays stopped.
      if (!setup.in_the_open) await beginIncident(client, first, setup.level);
      else if (!isTouched) await switchOn(client, incidentOf(first, setup.level));
      if (session.lab === drillId) await actAgain(client, session);
      this.#ensuredLife = life;
    }
    await patients.goOn(others, setup.level);
  }

  /** Nothing happens any more. Rejects where the first service does not answer. */
  async end(): Promise<void> {
    await endIncident(this.#deps.client);
    await this.#deps.patients.away();
  }

  setTraffic(per_second: number): void {
    this.#deps.traffic.set(per_second);
    this.#deps.patients.setTraffic(per_second);
  }

  async #beginEach(
    { in_the_open = false, level }: Setup,
    [first, ...others]: readonly number[],
  ): Promise<void> {
    const { client, patients } = this.#deps;
    const beginFirst = async (seed: number) =>
      in_the_open ? switchOn(client, incidentOf(seed, level)) : beginIncident(client, seed, level);
    await Promise.all([first === undefined ? undefined : beginFirst(first), patients.begin(others, level)]);
  }

  /** What was done before must not go on, nor be seen in what is done now. */
  async #clean(): Promise<string | null> {
    const { client, keeper, service } = this.#deps;
    await endIncident(client);
    const full = await whyTooFull(client);
    if (full === undefined) return null;
    const { life } = service();
    const refused = keeper === undefined ? byHand : await keeper.restart();
    if (refused === undefined && (await untilAnother(client, full.pid))) {
      // Seen only later it would look like a death: what is on would be begun again, over what the learner has loaded meanwhile.
      await until(async () => service().life !== life, recorded_ms);
      // It may be started with something on.
      await endIncident(client);
      return null;
    }
    return `The service is no fresh one: ${full.words}, of what was done before. ${refused ?? byHand}`;
  }
}
