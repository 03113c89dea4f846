import { setTimeout as pause } from 'node:timers/promises';
import type { IncidentLeak } from '@leak-lab/incident';
import type { Sight, Tools } from '../lab.ts';

const back_ms = 20_000;
const look_ms = 250;

/** What the service tells of the learner's code (GET /admin/work). */
interface Work {
  readonly loaded: readonly { readonly threw: { readonly count: number; readonly last: Told | null } }[];
  readonly ended: (Told & { readonly how: string }) | null;
}

interface Told {
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Loads the learner's file into the service in the place of the feature, and switches it on; why it was refused, where it was. */
export async function loadLearnersCode(
  tools: Tools,
  { id, ...amount }: IncidentLeak,
): Promise<Sight | undefined> {
  tools.tell('loading your file into the service');
  await isBack(tools);
  const wanted = { enabled: true, variant: 'learner', ...amount };
  const { status, json } = await tools.service('POST', `/admin/leaks/${id}`, wanted);
  return status === 200 ? undefined : { seen: false, saw: refusalOf(json) };
}

/** What came of a trial whose service did not answer: how the learner's code ended it, where it did. */
export async function unanswered(tools: Tools, error: unknown): Promise<Sight> {
  const ended = await endedBy(tools);
  return { seen: false, saw: ended ?? `the service did not answer: ${(error as Error).message}` };
}

/** That requests failed, and what the learner's code threw last. */
export async function failedRequests(tools: Tools, failed: number): Promise<Sight> {
  const threw = await thrownLast(tools);
  const words = `${failed.toLocaleString('en')} requests failed`;
  return { seen: false, saw: threw === undefined ? words : `${words}; ${threw}` };
}

/** Where the learner's code threw last, and what; `undefined` where it did not. */
export async function thrownLast({ service }: Tools): Promise<string | undefined> {
  const { json } = await service('GET', '/admin/work');
  const last = (json as Work).loaded.find(({ threw }) => threw.count > 0)?.threw.last;
  return last ? `your code threw at ${at(last)}${last.message}` : undefined;
}

const at = ({ file, line }: Told): string =>
  file === null ? '' : `${file}${line === null ? '' : `:${line}`}: `;

function refusalOf(json: unknown): string {
  const { message, details } = (json as { error: { message: string; details: Partial<Told> } }).error;
  const place = details.file == null ? '' : at({ message, file: details.file, line: details.line ?? null });
  const isTold = message.includes(place.replace(/: $/, ''));
  return `it does not load. ${isTold ? '' : place}${message}`;
}

/** Waits for a service that a try before this one ended. */
async function isBack({ service, signal }: Tools): Promise<void> {
  const end = performance.now() + back_ms;
  const answers = () =>
    service('GET', '/health').then(
      () => true,
      () => false,
    );
  while (!(await answers()) && performance.now() < end && !signal.aborted) await pause(look_ms);
}

/** How the learner's code ended the process, as the next one tells it; `undefined` where it did not. */
async function endedBy({ service, tell, signal }: Tools): Promise<string | undefined> {
  tell('the service does not answer: waiting for what it says when it is back');
  const end = performance.now() + back_ms;
  while (performance.now() < end && !signal.aborted) {
    const work = await service('GET', '/admin/work').then(
      ({ status, json }) => (status === 200 ? (json as Work) : undefined),
      () => undefined,
    );
    if (work?.ended) {
      const words = work.ended.how === 'stuck' ? 'your code did not return' : 'your code ended the service';
      return `${words}, at ${at(work.ended)}${work.ended.message}`;
    }
    await pause(look_ms);
  }
  return undefined;
}
