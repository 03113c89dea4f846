/** What Prometheus scraped from the service while something happened. */
export interface Recording {
  readonly what: string;
  readonly interval_seconds: number;
  /** Samples from the first on, a number for each scrape; `null` where a scrape brought nothing. */
  readonly series: Readonly<Record<string, Values>>;
  /** Index of the first scrape after the load began. */
  readonly loaded: number;
  /** Index of the first scrape after the service had died, where it did. */
  readonly died?: number;
}

export type Values = readonly (number | null)[];

/** The first series of a metric, whatever its labels; empty where it has none. */
export const seriesOf = ({ series }: Pick<Recording, 'series'>, metric: string): Values =>
  Object.entries(series).find(([key]) => metricOf(key) === metric)?.[1] ?? [];

/** `up` of `up{job="leaky-service"}`. */
export const metricOf = (key: string): string => key.split('{', 1)[0] ?? key;
