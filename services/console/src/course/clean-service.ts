import { bytesOf } from '@leak-lab/leak-verdict';
import { lookAt } from '../record/poller.ts';
import type { ServiceClient } from '../service/client.ts';
import { until } from './until.ts';

/** A service that was just started uses a third of its limit, one in which a lab was done less than this. */
const most = 0.6;
const patience_ms = 10_000;

/** What is in use of its limit, where that is too much to begin a lab with. */
export interface TooFull {
  readonly pid: number;
  readonly words: string;
}

/** Whether a service that was reset is no fresh one: what a heap snapshot took stays with the process, garbage or not. */
export async function whyTooFull(client: ServiceClient): Promise<TooFull | undefined> {
  const look = await lookAt(client);
  if (look.kind !== 'reading' || look.reading.container === null) return undefined;
  const { limit_bytes, working_set_bytes } = look.reading.container;
  if (working_set_bytes <= most * limit_bytes) return undefined;
  return {
    pid: look.reading.pid,
    words: `${bytesOf(working_set_bytes)} of ${bytesOf(limit_bytes)} are in use`,
  };
}

/** Resolves when another process answers than that one; with false where none does in time. */
export const untilAnother = (client: ServiceClient, pid: number): Promise<boolean> =>
  until(async () => {
    const look = await lookAt(client);
    return look.kind === 'reading' && look.reading.pid !== pid;
  }, patience_ms);
