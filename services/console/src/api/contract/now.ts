/** The lab as it is now. */
import type { Sample } from './samples.ts';

export type ServiceState = 'starting' | 'up' | 'down' | 'hanging' | 'nonsense';

/** Something that is wrong now and that a person should know: shown on the page until it is over. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly since_ms: number;
}

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

export interface LeakState {
  readonly id: string;
  readonly enabled: boolean;
  readonly entries: number;
  readonly retained_bytes: number;
  /** Of each `unit`. */
  readonly bytes_per_request: number;
  readonly unit: 'request' | 'event' | 'connection' | 'time';
  /** One request in so many makes a unit. */
  readonly one_in: number;
}

/** `GET /api/now`, and the `now` event of the stream, once a second. */
export interface Now {
  readonly time_ms: number;
  readonly mode: 'embedded' | 'docker';
  readonly service: {
    readonly state: ServiceState;
    readonly since_ms: number;
    readonly message: string;
    readonly pid: number | null;
    readonly started_at_ms: number | null;
  };
  /** The last sample; `null` before the first. */
  readonly sample: Sample | null;
  /** Where the limit was raised for a snapshot and is not back yet: what it was. */
  readonly limit_raised_from_bytes: number | null;
  /** Over the last minute of this life; `null` where there is too little to tell. */
  readonly growth: {
    readonly bytes_per_second: Estimate | null;
    readonly bytes_per_request: Estimate | null;
    readonly seconds_to_limit: Estimate | null;
  };
  /** Absent when the lab is blind. */
  readonly leaks?: readonly LeakState[];
  readonly warnings: readonly Warning[];
  readonly deaths: number;
}
