/** Rules that are no answer, and the most that they may score. */
export interface Trick {
  readonly what: string;
  readonly expressions: readonly string[];
  readonly most: number;
}

const above = (share: number) => `container_memory_usage_bytes > ${share} * container_memory_limit_bytes`;
const requests = 'sum by (job, instance) (rate(http_requests_total[30s]))';

export const tricks: readonly Trick[] = [
  { what: 'always', expressions: ['up == 1'], most: 0 },
  { what: 'always, without a series', expressions: ['vector(1)'], most: 0 },
  { what: 'never', expressions: ['up == 2'], most: 0 },
  { what: 'never, since nothing died yet', expressions: ['up == 0'], most: 0 },
  { what: 'a little of the limit', expressions: [above(0.3)], most: 5 },
  { what: 'nearly all of the limit', expressions: [above(0.95)], most: 20 },
  { what: 'there is load', expressions: [`${requests} > 1`], most: 0 },
  { what: 'after a minute', expressions: ['up == 1 and on () vector(time()) > 60'], most: 0 },
  { what: 'for a while', expressions: ['up == 1 and on () (vector(time()) > 40 < 80)'], most: 0 },
  {
    what: 'the process has run for a minute',
    expressions: ['time() - process_start_time_seconds > 90'],
    most: 0,
  },
  {
    what: 'high, before the garbage comes by the clock',
    expressions: [`${above(0.65)} and on () vector(time()) > 60`],
    most: 45,
  },
  {
    what: 'the name of the recording',
    expressions: [
      '{__name__=~".+", job=~"cache|listeners|history"}',
      'up{instance=~"cache.*"}',
      'up{what="cache"}',
    ],
    most: 0,
  },
  {
    what: 'the time of the recording',
    expressions: ['process_start_time_seconds > 1795290000 < 1795295000', 'vector(time()) > 1795290000'],
    most: 0,
  },
  {
    what: 'the routes of single leaks',
    expressions: ['rate(http_requests_total{route!="/api/data"}[30s]) > 0'],
    most: 0,
  },
  { what: 'Valkey is there', expressions: ['valkey_up == 1'], most: 0 },
];
