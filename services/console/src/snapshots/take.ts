import { basename } from 'node:path';
import { HttpError } from '@leak-lab/json-service';
import * as v from 'valibot';
import type { GuardWord, SnapshotRecord } from '../api/contract.ts';
import type { EventLog } from '../record/event-log.ts';
import type { ServiceStanding } from '../record/service-state.ts';
import { askService } from '../service/ask.ts';
import type { ServiceClient } from '../service/client.ts';
import type { LimitRaise } from './limit-raise.ts';
import type { Shelf } from './shelf.ts';

const takenSchema = v.object({
  file: v.string(),
  size_bytes: v.number(),
  seconds: v.number(),
  pid: v.number(),
  live_heap_bytes: v.optional(v.nullable(v.number()), null),
});

export interface TakerDeps {
  readonly client: ServiceClient;
  readonly shelf: Shelf | undefined;
  readonly events: EventLog;
  readonly standing: ServiceStanding;
  /** Where somebody can raise the limit. */
  readonly limitRaise: LimitRaise | undefined;
  readonly now_ms: () => number;
  /** What the page is to hear of at once: a snapshot under way, the limit raised. */
  readonly changed: () => void;
}

export interface TakeOptions {
  readonly force?: boolean | undefined;
  readonly limit?: 'keep' | 'raise' | undefined;
}

const guardTimeout_ms = 10_000;
/** Writing a snapshot of 180 MB of live heap takes about ten seconds. */
const takeTimeout_ms = 180_000;
/** The estimate of the guard with room for what the service does meanwhile. */
const spare = 1.3;
const step_bytes = 16 * 2 ** 20;

/** Has the service take snapshots, one at a time. */
export class SnapshotTaker {
  readonly #deps: TakerDeps;
  #underWay = false;

  constructor(deps: TakerDeps) {
    this.#deps = deps;
  }

  get underWay(): boolean {
    return this.#underWay;
  }

  async guard(): Promise<GuardWord> {
    return (await askService(this.#deps.client, 'GET', '/admin/heap/guard', {
      timeout_ms: guardTimeout_ms,
    })) as GuardWord;
  }

  /** Throws what the service refuses with; 429 while another is under way. */
  async take(options: TakeOptions): Promise<SnapshotRecord> {
    const { shelf, standing, limitRaise, events, changed } = this.#deps;
    if (shelf === undefined) {
      throw new HttpError(
        503,
        'no_shared_directory',
        'Snapshots need a folder that service and console share: set SHARED_DIRECTORY.',
      );
    }
    if (this.#underWay) {
      const message = 'A snapshot is under way. Wait until it is there.';
      throw new HttpError(429, 'snapshot_under_way', message, { retry_after_seconds: 5 });
    }
    shelf.requireRoom();
    this.#underWay = true;
    standing.busyWith = 'it takes a heap snapshot, which stops everything else';
    changed();
    let raised = false;
    try {
      raised = await this.#raiseWhereNeeded(options);
      changed();
      // Told before: a death that it brings about is recorded while the answer is still waited for.
      if (options.force === true)
        events.add('snapshot_forced', 'A snapshot was asked for with force: it may end the service', {});
      return await this.#takeNow(shelf, options.force === true || raised);
    } finally {
      if (raised) limitRaise?.over();
      this.#underWay = false;
      standing.busyWith = undefined;
      changed();
    }
  }

  async #takeNow(shelf: Shelf, force: boolean): Promise<SnapshotRecord> {
    const { client, events, now_ms } = this.#deps;
    try {
      const answer = await askService(client, 'POST', '/admin/heap/snapshot', {
        json: { force },
        timeout_ms: takeTimeout_ms,
      });
      const parsed = v.safeParse(takenSchema, answer);
      if (!parsed.success) {
        throw new HttpError(
          502,
          'service_nonsense',
          'The service did not say which file the snapshot is in.',
        );
      }
      const { file, ...taken } = parsed.output;
      const record = shelf.add({ ...taken, file: basename(file), taken_at_ms: now_ms() });
      events.add('snapshot', `Snapshot ${record.id}, ${(record.size_bytes / 2 ** 20).toFixed(1)} MB`, {
        snapshot: record.id,
        size_bytes: record.size_bytes,
        seconds: record.seconds,
        forced: force,
      });
      return record;
    } catch (error) {
      const { code, message } = error as HttpError;
      if (code === 'snapshot_would_not_fit')
        events.add('snapshot_refused', 'A snapshot would not fit', { message });
      else events.add('fault', 'A snapshot was asked for and did not come', { code, message });
      if (force && code === 'service_unreachable') {
        const words = `The service ended while it took the snapshot, which was forced. Deaths tells how; take the next one earlier.`;
        throw new HttpError(502, 'service_ended', words, { reason: message });
      }
      throw error;
    }
  }

  /** Whether the limit was raised. */
  async #raiseWhereNeeded({ force, limit }: TakeOptions): Promise<boolean> {
    const { limitRaise, events } = this.#deps;
    if (force === true || limit === 'keep' || limitRaise?.possible !== true) return false;
    const word = await this.guard();
    if (word.fits || word.limit_bytes === null) return false;
    const needed = word.usage_bytes + spare * word.estimated_cost_bytes;
    const bytes = Math.ceil(Math.max(needed, word.limit_bytes + step_bytes) / step_bytes) * step_bytes;
    const raised = await limitRaise.raise(bytes);
    if ('refused' in raised) {
      events.add('fault', 'The memory limit was not raised', { reason: raised.refused });
      return false;
    }
    events.add('limit_raised', 'The memory limit is raised for a snapshot', { ...raised });
    return true;
  }
}
