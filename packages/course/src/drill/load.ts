import type { IncidentLoad } from '@leak-lab/incident';
import { workflowEvent } from '@leak-lab/workload';
import type { CustomersRequest } from '../lab.ts';

/** No two that follow each other are alike. */
const kinds = 16;

/** Requests a second of all kinds together, in the mean. */
export const totalOf = ({
  requests_per_second,
  events_per_second,
  reload_every_seconds,
}: IncidentLoad): number => Math.round(requests_per_second + events_per_second + 1 / reload_every_seconds);

/** What the customers of a drill send: orders asked for, events, and now and then the list of domains anew, evenly mixed. */
export function customersOf(load: IncidentLoad): (number: number) => CustomersRequest {
  const total = totalOf(load);
  const isDue = (number: number, share: number) =>
    Math.floor((number + 1) * share) > Math.floor(number * share);
  const bodies = new Map<number, Buffer>();
  const body = (number: number): Buffer => {
    const kind = number % kinds;
    const made = bodies.get(kind) ?? Buffer.from(workflowEvent(kind, load.event_bytes));
    bodies.set(kind, made);
    return made;
  };
  return (number) => {
    if (isDue(number, 1 / (load.reload_every_seconds * total)))
      return { method: 'POST', path: '/api/blocklist/reload' };
    if (isDue(number, load.events_per_second / total))
      return { method: 'POST', path: '/api/ingest', body: body(number) };
    return { method: 'GET', path: '/api/data' };
  };
}

/** How much of the mean is asked so many seconds after the begin; 1 in the mean over each period. */
export function waveOf({ shape, period_seconds }: IncidentLoad): (seconds: number) => number {
  const phase = (seconds: number) => (Math.max(0, seconds) % period_seconds) / period_seconds;
  switch (shape) {
    case 'steady':
      return () => 1;
    case 'waves':
      return (seconds) => 1 + 0.35 * Math.sin(2 * Math.PI * phase(seconds));
    case 'sawtooth':
      return (seconds) => 0.2 + 1.6 * phase(seconds);
  }
}
