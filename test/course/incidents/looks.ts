import type { Evidence, Session } from '@leak-lab/course';
import { type Incident, isFalseAlarm } from '@leak-lab/incident';
import { measuredEach } from '../../../packages/course/src/drill/grown.ts';
import { get, post } from '../../../services/leaky-service/test/load.ts';
import { type LabCommand, untilAnswer } from '../../embedded/support/lab-command.ts';
import { SecondCourse } from '../labs/support/second-course.ts';

/** So many looks at what is no leak show what there is to see of it. */
const looksAtNothing = 3;
const longest_ms = 60_000;

/** Where a lab answers. */
export interface Urls {
  readonly service: string;
  readonly console: string;
}

/** Has all garbage collected, and waits until that is recorded. */
export async function look({ service, console }: Urls): Promise<void> {
  await post(service, '/admin/gc');
  const collected_ms = Date.now();
  await untilAnswer('the next sample', async () => {
    const { sample } = await get<{ sample: { time_ms: number } | null }>(console, '/api/now');
    return (sample?.time_ms ?? 0) > collected_ms;
  });
}

/** Waits until so many more requests were answered. */
export async function untilRequests({ service }: Urls, more: number): Promise<void> {
  const total = async () =>
    (await get<{ requests: { total: number } }>(service, '/admin/sample')).requests.total;
  const before = await total();
  await untilAnswer(`${more} requests`, async () => (await total()) >= before + more, longest_ms);
}

/** What was recorded of the incident that runs, and the learner's session, from beside the lab. */
export class Recorded implements Disposable {
  readonly #lab: LabCommand;
  readonly #second: SecondCourse;

  constructor(lab: LabCommand) {
    this.#lab = lab;
    this.#second = new SecondCourse(lab.folder);
  }

  get session(): Session {
    const { session } = this.#second.progress;
    if (session === null) throw new Error('Expected an incident under way; there is none.');
    return session;
  }

  evidence(session = this.session, now_ms = Date.now()): Evidence {
    const setup = { traffic_per_second: session.traffic_per_second ?? 0 };
    return this.#second.evidence({ session, now_ms: () => now_ms }, setup);
  }

  /** Looks, each time with all garbage collected, until the record says what each unit keeps; returns it, of a leak. */
  async untilMeasured(incident: Incident): Promise<number | undefined> {
    if (isFalseAlarm(incident.leaks[0]?.id ?? '')) {
      for (let look = 0; look < looksAtNothing; look++) await this.look();
      return undefined;
    }
    return untilAnswer(
      'the record to say what each unit keeps',
      async () => {
        await this.look();
        return measuredEach(this.evidence(), incident)?.value;
      },
      longest_ms,
    );
  }

  look(): Promise<void> {
    return look(this.#urls);
  }

  untilRequests(more: number): Promise<void> {
    return untilRequests(this.#urls, more);
  }

  /** How much the customers ask from now on. */
  async setTraffic(per_second: number): Promise<void> {
    await post(this.#urls.console, '/api/course/traffic', { per_second });
  }

  get #urls(): Urls {
    const { service, console } = this.#lab.state();
    return { service: service.url, console: console.url };
  }

  [Symbol.dispose](): void {
    this.#second[Symbol.dispose]();
  }
}
