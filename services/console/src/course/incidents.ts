import type { Incident, IncidentLevel } from '@leak-lab/incident';
import { HttpError } from '@leak-lab/json-service';
import { askService } from '../service/ask.ts';
import type { ServiceClient } from '../service/client.ts';

const timeout_ms = 5_000;

/** Ends what runs in a service, and leaves it as after a start. Rejects with the `HttpError` of a service that does not answer. */
export async function endIncident(client: ServiceClient): Promise<void> {
  const ask = (method: string, path: string) => askService(client, method, path, { json: {}, timeout_ms });
  const { running } = (await ask('GET', '/admin/incident')) as { running: boolean };
  if (running) await ask('DELETE', '/admin/incident');
  await ask('POST', '/admin/reset');
}

/** Switches on what is in an incident, told and at once. */
export async function switchOn(client: ServiceClient, { leaks }: Incident): Promise<void> {
  for (const { id, ...amount } of leaks) {
    const json = { enabled: true, variant: 'leaky', ...amount };
    await askService(client, 'POST', `/admin/leaks/${id}`, { json, timeout_ms });
  }
}

/** Begins the incident of a seed, unless one runs. */
export async function beginIncident(
  client: ServiceClient,
  seed: number,
  level: IncidentLevel = 0,
): Promise<void> {
  try {
    await askService(client, 'POST', '/admin/incident', { json: { seed, level }, timeout_ms });
  } catch (error) {
    if (!(error instanceof HttpError && error.code === 'incident_running')) throw error;
  }
}
