import type { Incident } from '@leak-lab/incident';
import { type Estimate, type Sample, theilSen } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import { collectionsIn, heldAfterGc_bytes, lasting } from '../measure/collections.ts';
import { samplesSinceOnset } from '../measure/requests.ts';
import { places } from './places.ts';

/** What the kernel keeps of a connection beside what the process knows of. */
const kernel_bytes = 16 * 1024;
/** Beyond it what the onset itself brings is over. */
const settled_seconds = 3;
/** Fewer readings, or fewer units between them, measure nothing: a reload is counted in one second and held from another on. */
const leastPoints = 3;
const leastUnits: Readonly<Record<string, number>> = { reloads: 8, connections: 40 };
const leastRequests = 500;

/** What the incident grows by; `undefined` of a false alarm. */
export const unitOf = ({ leaks: [leak] }: Incident): string | undefined => places[leak?.id ?? '']?.grows_by;

/** Bytes of each unit as the incident was set: of several at once all of them, since each request leaves something in each. */
export const set_bytes = ({ leaks }: Incident): number =>
  leaks.reduce((sum, { bytes_per_request }) => sum + bytes_per_request, 0);

/** What each unit counts for against the limit, bytes. */
export const used_bytes = (incident: Incident): number =>
  set_bytes(incident) + (unitOf(incident) === 'connections' ? kernel_bytes : 0);

/** How many units come each second in the mean, as its customers ask. */
export function unitsPerSecond(incident: Incident): number {
  const { leaks, load } = incident;
  if (load === undefined) return 0;
  switch (unitOf(incident)) {
    case 'events':
      return load.events_per_second;
    case 'reloads':
      return 1 / load.reload_every_seconds;
    case 'connections':
      return load.requests_per_second / (leaks[0]?.one_in ?? 1);
    default:
      return load.requests_per_second;
  }
}

/** How many units a process has seen since it started, as its sample tells. */
export function unitsSeen(sample: Sample, incident: Incident): number | null {
  const { requests_total, events_total, connections_total, payload_bytes_total } = sample;
  const events = (payload_bytes_total ?? 0) / (incident.load?.event_bytes ?? 1);
  switch (unitOf(incident)) {
    case 'reloads':
      return events_total ?? null;
    case 'connections':
      return connections_total ?? null;
    case 'events':
      return events;
    default:
      return requests_total == null ? null : requests_total - (events_total ?? 0) - events;
  }
}

/** The samples of each process since it began to happen, in their order. */
export const livesSinceOnset = (evidence: Evidence): (readonly Sample[])[] => [
  ...Map.groupBy(samplesSinceOnset(evidence), ({ process }) => process).values(),
];

/** What stays of each unit, as it was measured in the life that saw most of them; `undefined` where that says too little. */
export function measuredEach(evidence: Evidence, incident: Incident): Estimate | undefined {
  const isRemote = places[incident.leaks[0]?.id ?? '']?.file === places['keys']?.file;
  const from_seconds = (evidence.onset_ms ?? 0) / 1000 + settled_seconds;
  const rows = livesSinceOnset(evidence).map((life) => {
    const since = life.filter(({ time_seconds }) => time_seconds >= from_seconds);
    return (isRemote ? since : lasting(collectionsIn(since))).flatMap((sample) => {
      const [x, y] = [
        unitsSeen(sample, incident),
        isRemote ? sample.remote_bytes : heldAfterGc_bytes(sample),
      ];
      return x == null || y == null ? [] : [{ x, y }];
    });
  });
  const span = (points: readonly { x: number }[]) => (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  const [points = []] = rows.toSorted((a, b) => span(b) - span(a));
  const least = leastUnits[unitOf(incident) ?? ''] ?? leastRequests;
  return points.length >= leastPoints && span(points) >= least ? (theilSen(points) ?? undefined) : undefined;
}
