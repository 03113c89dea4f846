import type { Patient } from '@leak-lab/course';
import type { IncidentLevel } from '@leak-lab/incident';
import { ServiceClient } from '../service/client.ts';
import { whyTooFull } from './clean-service.ts';
import { seenOf } from './gather-evidence.ts';
import { beginIncident, endIncident } from './incidents.ts';
import type { PatientRecords } from './patient-records.ts';
import { PatientWatch } from './patient-watch.ts';
import { noPatients } from './refusals.ts';
import type { ServicesKeeper } from './services-keeper.ts';
import { Traffic } from './traffic.ts';
import { until } from './until.ts';

const patience_ms = 15_000;
const ask_ms = 1_000;

/** A service beside the first, as long as a lab has it. */
interface Beside {
  /** "b" and on; "a" is the first service. */
  readonly name: string;
  readonly client: ServiceClient;
  readonly traffic: Traffic;
  watch: PatientWatch | undefined;
  /** The life in which its incident is known to run. */
  ensured: number | undefined;
}

export interface PatientsDeps {
  readonly urls: readonly string[];
  readonly adminToken: string | undefined;
  /** Who starts and stops them; nobody where they are started by hand, as on Docker. */
  readonly keeper: ServicesKeeper | undefined;
  readonly records: Pick<PatientRecords, 'of' | 'close' | 'forget'>;
  readonly now_ms: () => number;
}

/** The services that some labs have beside the first: there while such a lab runs, and what they tell recorded as long. */
export class Patients {
  readonly #keeper: ServicesKeeper | undefined;
  readonly #records: PatientsDeps['records'];
  readonly #now_ms: () => number;
  readonly #all: readonly Beside[];
  #perSecond = 0;
  /** Whether they were seen to be there, or to be gone: of a console that begins nobody knows. */
  #there: boolean | undefined;

  constructor({ urls, adminToken, keeper, records, now_ms }: PatientsDeps) {
    this.#keeper = keeper;
    this.#records = records;
    this.#now_ms = now_ms;
    this.#all = urls.map((url, index) => ({
      name: patientName(index),
      client: new ServiceClient(url, adminToken),
      traffic: new Traffic(url),
      watch: undefined,
      ensured: undefined,
    }));
  }

  /** Has `count` of them started, and waits until they answer. Rejects with 409 that says how to have them, where they do not. */
  async bring(count: number): Promise<void> {
    if (count > this.#all.length) throw noPatients(count, 'the console knows of none (PATIENT_URLS)');
    this.#there = undefined;
    const refused = await this.#keeper?.want(true);
    if (refused !== undefined) throw noPatients(count, refused);
    const each_ms = this.#keeper === undefined ? ask_ms : patience_ms;
    const wanted = this.#all.slice(0, count);
    const there = await Promise.all(wanted.map(({ client }) => until(() => answers(client), each_ms)));
    const missing = wanted[there.indexOf(false)];
    if (missing !== undefined) throw noPatients(count, `nothing answers at ${missing.client.url}`);
    this.#there = true;
  }

  /** Ends what runs in each; where one is no fresh one then, all are started anew. */
  async clean(count: number): Promise<void> {
    const used = this.#all.slice(0, count);
    const full = await Promise.all(
      used.map(async ({ client }) => {
        await endIncident(client);
        return whyTooFull(client);
      }),
    );
    if (this.#keeper === undefined || full.every((one) => one === undefined)) return;
    await this.#keeper.want(false);
    await this.bring(count);
  }

  /** Begins an incident in each. */
  async begin(seeds: readonly number[], level?: IncidentLevel): Promise<void> {
    await Promise.all(
      seeds.map(async (seed, index) => {
        const one = this.#all[index];
        if (one === undefined) return;
        await beginIncident(one.client, seed, level);
        one.watch?.stop();
        one.watch = this.#watch(one, true);
      }),
    );
    this.setTraffic(this.#perSecond);
  }

  /** A lab that goes on, whatever became of them or of the console meanwhile. Rejects where they cannot be had. */
  async goOn(seeds: readonly number[], level?: IncidentLevel): Promise<void> {
    if (seeds.length === 0) return;
    if (this.#there !== true) await this.bring(seeds.length);
    for (const [index, seed] of seeds.entries()) {
      const one = this.#all[index];
      if (one === undefined) continue;
      one.watch ??= this.#watch(one, false);
      one.traffic.set(this.#perSecond);
      const { life } = one.watch;
      if (life === undefined || life === one.ensured) continue;
      await beginIncident(one.client, seed, level);
      one.ensured = life;
    }
  }

  /** No lab needs them. Never rejects: what is not there need not go. */
  async away(): Promise<void> {
    this.setTraffic(0);
    if (this.#there === false || this.#all.length === 0) return;
    const watched = this.#all.filter(({ watch }) => watch !== undefined);
    this.unwatch();
    await Promise.all(watched.map(({ client }) => endIncident(client).catch(() => undefined)));
    await this.#keeper?.want(false);
    this.#records.forget();
    this.#there = false;
  }

  /** To each that is watched, requests a second. */
  setTraffic(per_second: number): void {
    this.#perSecond = per_second;
    for (const { traffic, watch } of this.#all) traffic.set(watch === undefined ? 0 : per_second);
  }

  /** What was seen of them since `begun_ms`, in the order of the seeds. */
  evidence(seeds: readonly number[], level: IncidentLevel, begun_ms: number): Patient[] {
    const now_ms = this.#now_ms();
    return seeds.flatMap((seed, index) => {
      const one = this.#all[index];
      if (one === undefined) return [];
      const seen = seenOf(this.#records.of(one.name).database, { seed, level, begun_ms, now_ms });
      const service_is_up = one.watch?.life !== undefined || seen.samples.length === 0;
      return [{ name: one.name, service_is_up, ...seen }];
    });
  }

  /** Resolves when a look at each that is watched, begun after the call, is in its record. */
  async nextLook(): Promise<void> {
    await Promise.all(this.#all.map(({ watch }) => watch?.nextLook()));
  }

  unwatch(): void {
    for (const one of this.#all) {
      one.watch?.stop();
      one.watch = undefined;
      one.ensured = undefined;
    }
  }

  stop(): void {
    this.unwatch();
    for (const { client, traffic } of this.#all) {
      traffic.stop();
      client.close();
    }
    this.#records.close();
  }

  #watch({ client, name }: Beside, anew: boolean): PatientWatch {
    return new PatientWatch({ client, store: this.#records.of(name), now_ms: this.#now_ms, anew });
  }
}

/** What the services beside the first are called, in their order. */
export const patientName = (index: number): string => String.fromCharCode('b'.charCodeAt(0) + index);

async function answers(client: ServiceClient): Promise<boolean> {
  try {
    return (await client.call('GET', '/health', { timeout_ms: ask_ms })).status === 200;
  } catch {
    return false;
  }
}
