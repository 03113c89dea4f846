import {
  type DrillLevel,
  type Evidence,
  type IncidentRecord,
  mendedKey,
  offKey,
  type Session,
  scoreOf,
} from '@leak-lab/course';
import { incidentOf, seedFor } from '@leak-lab/incident';
import { HttpError } from '@leak-lab/json-service';
import { askService } from '../service/ask.ts';
import type { ServiceClient } from '../service/client.ts';

const timeout_ms = 10_000;

/** The incident that is asked for; of no seed any. */
export interface WantedDrill {
  readonly seed: number | undefined;
  readonly level: DrillLevel;
}

/**
 * Begins the incident that is wanted. Where any will do, and this machine lacks what the first that was drawn needs, one that needs
 * no more than there is, and a notice that says so. Rejects as `begin` does.
 */
export async function beginDrawn(
  { seed, level }: WantedDrill,
  begin: (
    drill: { readonly seed: number; readonly level: DrillLevel },
    notice: string | null,
  ) => Promise<void>,
): Promise<void> {
  const first = { seed: seed ?? seedFor(() => true, { level }), level };
  try {
    await begin(first, null);
  } catch (error) {
    const lacks = error instanceof HttpError && ['no_valkey', 'valkey_unreachable'].includes(error.code);
    if (!lacks || seed !== undefined) throw error;
    const other = { seed: seedFor(({ leaks }) => leaks.every(({ id }) => id !== 'keys'), { level }), level };
    await begin(
      other,
      `Drawn from fewer incidents than there are: for the others this machine lacks something. ${error.message}`,
    );
  }
}

/** What is done to the service in an incident: a feature is switched off, or mended by the learner's copy. */
export type Act = 'off' | 'mend';

export const actKey = (how: Act, file: string): string => (how === 'off' ? offKey(file) : mendedKey(file));

/** Rejects with the service's own refusal. */
export async function actInIncident(client: ServiceClient, how: Act, file: string): Promise<void> {
  await askService(client, 'POST', `/admin/incident/${how}`, { json: { file }, timeout_ms });
}

/** Does again to a new process what was done to the one before. */
export async function actAgain(client: ServiceClient, { tries }: Session): Promise<void> {
  for (const { key } of tries) {
    for (const how of ['off', 'mend'] as const) {
      const file = key.replace(/^\S+ /, '');
      if (key === actKey(how, file)) await actInIncident(client, how, file);
    }
  }
}

/** A drill as it is kept when it is over. */
export function recordOf(
  { seeds: [seed = 0], level = 1, begun_ms, answers }: Session,
  evidence: Evidence,
): IncidentRecord {
  const { points, of, parts } = scoreOf(answers, incidentOf(seed, level), level, evidence);
  return {
    seed,
    level,
    begun_ms,
    ended_ms: evidence.now_ms,
    answered: Object.keys(answers).length,
    points,
    of,
    parts: parts.map((part) => ({ ...part })),
  };
}
