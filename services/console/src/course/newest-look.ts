import { setTimeout as pause } from 'node:timers/promises';
import type { ConductorDeps } from './conductor-deps.ts';

/** Longer than a look at a service that hangs. */
const patience_ms = 3_000;

/** What was brought about a moment ago is in no look yet. Resolves when one that begins now is in the record, of each service. */
export async function newestLook({
  nextLook,
  patients,
}: Pick<ConductorDeps, 'nextLook' | 'patients'>): Promise<void> {
  const enough = new AbortController();
  const late = pause(patience_ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([Promise.all([nextLook(), patients.nextLook()]), late]);
  enough.abort();
}
