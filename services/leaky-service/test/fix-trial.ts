import { once } from 'node:events';
import { purposes } from '../../../labs/05-stop-the-bleeding/behaviour/purposes.ts';
import { type Behaviour, tryBehaviour } from '../../../labs/05-stop-the-bleeding/behaviour/try.ts';
import { type Fix, textOf } from './fix-list.ts';
import { growthPerRequest, sendRequests } from './load.ts';
import { load, WorkRoom, workOf } from './work-room.ts';

/** What became of a fix in a service, and alone. */
export interface FixTrial {
  /** What loading it was refused with. */
  readonly refused: { readonly kind: string; readonly line: number | null } | undefined;
  /** What each of 2,000 requests left after a warm-up of as many; `undefined` where they were not all answered. */
  readonly kept_bytes: number | undefined;
  /** What the service says of it at the end, or the process after it. */
  readonly said: {
    readonly threw: { readonly line?: number } | null;
    readonly ended: { readonly how?: string; readonly line?: number } | null;
  };
  readonly behaviour: Behaviour;
}

const requests = 2_000;
export const set_bytes = 8_192;

/** Runs a fix in a service of its own under load, and tries its behaviour. `write` has the room as the learner would have it. */
export async function tryFix(fix: Fix): Promise<FixTrial> {
  const { id } = fix;
  const room = new WorkRoom(purposes[id].file);
  room.write(textOf(fix, room.file));
  try {
    const behaviour = await tryBehaviour({ id, path: room.file });
    let service = await room.start();
    const died = once(service.child, 'exit').then(() => true);
    const answer = await load(service, { bytes_per_request: set_bytes }, id);
    const { error } = (await answer.json()) as { error?: { details: FixTrial['refused'] } };
    const kept_bytes = error ? undefined : await keptOf(service.url);
    // It ends once it has held the loop up for long enough.
    if (kept_bytes === undefined && !error && (await Promise.race([died, answers(service.url)])) === true) {
      service = await room.start();
    }
    const { loaded, ended } = await workOf(service);
    return {
      refused: error?.details,
      kept_bytes,
      said: { threw: loaded[0]?.threw.last ?? null, ended },
      behaviour,
    };
  } finally {
    await room.end();
  }
}

async function keptOf(url: string): Promise<number | undefined> {
  try {
    await sendRequests(url, requests);
    return await growthPerRequest(url, requests);
  } catch {
    return undefined;
  }
}

/** Resolves when the service answers; never where it does not any more. */
const answers = (url: string): Promise<false> =>
  fetch(`${url}/health`).then(
    () => false,
    () => new Promise<false>(() => undefined),
  );
