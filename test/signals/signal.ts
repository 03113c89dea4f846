/** What a part of the lab must emit. */

export type Part = 'leaky-service' | 'upstream' | 'console' | 'otel-collector' | 'jaeger' | 'prometheus';

/** From when on it is there. The test of the stack brings each of these about. */
export type When =
  | 'always'
  /** At least one request of a caller was answered. */
  | 'after requests'
  | 'after a request with a body'
  | 'after a major collection'
  /** Not in blind mode, and else from the start. */
  | 'unless blind'
  /** A leak is on under which the service calls the upstream. */
  | 'with calls to the upstream'
  /** There is a Valkey (profile `keys`), and something was on that writes to it; in blind mode as soon as it answers. */
  | 'with a Valkey'
  | 'while memory climbs'
  /** For moments only, when something happens to be under way. */
  | 'at times'
  /** From the first loss on. */
  | 'after a loss';

interface Told {
  readonly part: Part;
  readonly says: string;
  readonly when: When;
}

export interface Metric extends Told {
  /** Of a histogram without `_bucket`, `_sum` and `_count`. */
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram' | 'recorded';
  /** Labels beside `job` and `instance`. */
  readonly labels: readonly string[];
  /** The job of Prometheus under which it is. */
  readonly job: string;
}

export interface Span extends Told {
  readonly name: string;
  readonly kind: 'server' | 'client';
  readonly attributes: readonly string[];
  /** Of the whole process. */
  readonly resource: readonly string[];
}

export interface LogLine extends Told {
  /** Its `msg`. */
  readonly message: string;
  readonly fields: readonly string[];
}

/** The name under which Prometheus has samples of it. */
export const sampleName = ({ name, type }: Metric): string =>
  type === 'histogram' ? `${name}_bucket` : name;
