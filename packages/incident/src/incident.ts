/** Something of the service that is on in an incident, by its id in the service's catalogue. */
export interface IncidentLeak {
  readonly id: string;
  /** What is kept of each request; for another unit, of each unit. */
  readonly bytes_per_request: number;
  /** One request in so many makes a unit; as the catalogue has it where it is not said. */
  readonly one_in?: number;
}

/** How the server that the service depends on behaves meanwhile. */
export interface IncidentUpstream {
  readonly latency_ms: number;
  /** Share of its answers that are failures, 0 to 1; none where it is not said. */
  readonly failure_ratio?: number;
}

/** How what is asked of the service goes up and down. */
export type LoadShape = 'steady' | 'waves' | 'sawtooth';

/** What is asked of the service meanwhile, of every kind: what it is asked for says nothing of what is wrong. */
export interface IncidentLoad {
  readonly shape: LoadShape;
  /** From one crest to the next; of a steady load without meaning. */
  readonly period_seconds: number;
  /** In the mean: orders that are asked for. */
  readonly requests_per_second: number;
  /** In the mean: events that are taken in, of `event_bytes` each. */
  readonly events_per_second: number;
  readonly event_bytes: number;
  /** The list of domains is loaded anew so often. */
  readonly reload_every_seconds: number;
}

/** What goes wrong, how badly, and when it begins. */
export interface Incident {
  /** One, or several at once; a control where nothing is wrong. */
  readonly leaks: readonly IncidentLeak[];
  /** As usual where it is not said. */
  readonly upstream?: IncidentUpstream;
  /** From the incident's start until it can be seen, 0 to 60. */
  readonly onset_seconds: number;
  /** Of a drill; a lab of the course says by itself what is asked. */
  readonly load?: IncidentLoad;
}

/** What an incident is drawn from: 0 is the course's labs 01 to 08, 1 to 3 are drills, and labs 09 to 12 draw from 1. */
export const levels = [0, 1, 2, 3] as const;
export type IncidentLevel = (typeof levels)[number];

export const isLevel = (value: unknown): value is IncidentLevel => levels.some((level) => level === value);

/** The highest seed; the lowest is 0. */
export const mostSeed = 2 ** 32 - 1;

/** Whether `value` can be a seed: a whole number from 0 to `mostSeed`. */
export const isSeed = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostSeed;
