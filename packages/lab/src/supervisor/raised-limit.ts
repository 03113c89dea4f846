import { availableMemory } from 'node:process';
import { reasonOf } from '../lab-error.ts';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { formatMegabytes, mebibyte_bytes } from '../text/bytes.ts';

/** A change of the limit, and whether it is again what the lab was started with. */
export interface LimitChange {
  readonly from_bytes: number;
  readonly to_bytes: number;
  readonly restored: boolean;
  readonly reason: 'a capture' | 'use allows it' | 'a new life';
}

export type RaiseAnswer =
  | { readonly raised: { readonly from_bytes: number; readonly to_bytes: number } }
  | { readonly refused: string };

/** The process that is limited, as it is now. */
export interface LimitedProcess {
  readonly pid: number | undefined;
  readonly used_bytes: number | undefined;
}

/** A capture of which nobody says that it is over is over after this. */
const longest_capture_ms = 60_000;
const look_interval_ms = 500;
/** Left for everything else on the machine. */
const reserve_bytes = 256 * mebibyte_bytes;
/** A limit that is lowered bit by bit is lowered by no less than this. */
const least_step_bytes = 8 * mebibyte_bytes;
const least_room_bytes = 16 * mebibyte_bytes;

/**
 * Raises the service's limit for a capture and brings it back: to what it was, as soon as that much is in use and no
 * more. Until then it follows the use down with the room the service had before, so that a leak still ends it; V8
 * gives the memory of a capture back only with the process. No process is ended by it.
 */
export class RaisedLimit {
  readonly #limit: MemoryLimit;
  readonly #service: () => LimitedProcess;
  readonly #changed: (change: LimitChange) => void;
  readonly #base_bytes: number;
  #inForce_bytes: number;
  #room_bytes = 0;
  #captureUntil_ms = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limit: MemoryLimit, service: () => LimitedProcess, changed: (change: LimitChange) => void) {
    this.#limit = limit;
    this.#service = service;
    this.#changed = changed;
    this.#base_bytes = limit.description.limit_bytes;
    this.#inForce_bytes = this.#base_bytes;
  }

  get inForce_bytes(): number {
    return this.#inForce_bytes;
  }

  get raisedTo_bytes(): number | undefined {
    return this.#inForce_bytes === this.#base_bytes ? undefined : this.#inForce_bytes;
  }

  /** Raises the limit to `bytes` for a capture, until `captureOver`. A limit that is higher already stays. */
  async raise(bytes: number): Promise<RaiseAnswer> {
    const { pid, used_bytes = 0 } = this.#service();
    const reason = whyNotRaise(bytes, { base_bytes: this.#base_bytes, used_bytes });
    if (reason !== undefined) return { refused: reason };
    if (pid === undefined) return { refused: 'the service does not run now' };
    this.#captureUntil_ms = Date.now() + longest_capture_ms;
    this.#room_bytes = Math.max(least_room_bytes, this.#inForce_bytes - used_bytes);
    if (bytes > this.#inForce_bytes) {
      const refused = await this.#set(bytes, pid, 'a capture');
      if (refused !== undefined) return { refused };
    }
    this.#timer ??= setInterval(() => void this.#lower(), look_interval_ms).unref();
    return { raised: { from_bytes: this.#base_bytes, to_bytes: this.#inForce_bytes } };
  }

  /** The capture has ended, well or not. */
  captureOver(): void {
    this.#captureUntil_ms = 0;
  }

  /** To be awaited before the service is started again: the new life begins with the limit it should have. */
  async newLife(): Promise<void> {
    this.captureOver();
    if (this.raisedTo_bytes !== undefined) await this.#set(this.#base_bytes, undefined, 'a new life');
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #lower(): Promise<void> {
    if (this.raisedTo_bytes === undefined) return this.stop();
    const { pid, used_bytes } = this.#service();
    if (pid === undefined || used_bytes === undefined || Date.now() < this.#captureUntil_ms) return;
    if (used_bytes < this.#base_bytes) await this.#set(this.#base_bytes, pid, 'use allows it');
    if (this.raisedTo_bytes === undefined) return this.stop();
    const following = used_bytes + this.#room_bytes;
    if (following > this.#base_bytes && following + least_step_bytes < this.#inForce_bytes)
      await this.#set(following, pid, 'use allows it');
  }

  async #set(to_bytes: number, pid: number | undefined, reason: LimitChange['reason']) {
    const from_bytes = this.#inForce_bytes;
    const refused = await this.#limit.change(to_bytes, pid).catch(reasonOf);
    if (refused !== undefined) return refused;
    this.#inForce_bytes = to_bytes;
    this.#changed({ from_bytes, to_bytes, restored: to_bytes === this.#base_bytes, reason });
    return undefined;
  }
}

/** Why the limit is not raised to `bytes`; `undefined` where nothing speaks against it. */
export function whyNotRaise(
  bytes: unknown,
  {
    base_bytes,
    used_bytes,
    available_bytes = availableMemory(),
  }: {
    readonly base_bytes: number;
    readonly used_bytes: number;
    readonly available_bytes?: number;
  },
): string | undefined {
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes <= base_bytes)
    return `expected a limit above ${formatMegabytes(base_bytes)} in bytes, got ${JSON.stringify(bytes)}`;
  const most_bytes = used_bytes + available_bytes - reserve_bytes;
  if (bytes <= most_bytes) return undefined;
  return `this machine has ${formatMegabytes(available_bytes)} to spare, and ${formatMegabytes(bytes)} were asked for`;
}
