import {
  type Customers,
  choice,
  count,
  deletionTruth,
  type Evidence,
  endlessKeysTruth,
  expiryTruth,
  growingServerTruth,
  keysPerMinuteTruth,
  type Lab,
  one,
  type Regulars,
  seconds,
  serviceIsFlat,
} from '@leak-lab/course';
import type { Incident } from '@leak-lab/incident';

const KB = 1024;
/** So that the other server is not full before a quarter of an hour is over. */
const size = { least: 4 * KB, most: 6 * KB, latest_seconds: 4 };
/** One request in so many is of a customer who comes back. */
const every = 5;
const fewest = 40;
const more = 31;
/** On top of the longest time until a customer comes back. */
const grace = 0.5;

/** How many customers come back is drawn with the incident. */
const regularsOf = (incident: Incident | null): Regulars => ({
  every,
  count: fewest + ((incident?.leaks[0]?.bytes_per_request ?? 0) % more),
});

/** Most ask once and never again; the regulars, each in turn, bring the cookie of their session. */
const customers: Customers = (number, incident) => {
  const request = { method: 'GET', path: '/api/data' } as const;
  if (number % every !== 0) return request;
  const who = (number / every) % regularsOf(incident).count;
  return { ...request, headers: { cookie: `session=${sessionOf(who)}` } };
};

/** What changes while it is counted. */
const stillComing = ({ traffic_per_second }: Evidence): string | undefined =>
  traffic_per_second > 0
    ? 'More come while you count: ./lab traffic off holds the customers off, so that it stands still.'
    : undefined;

/** As a session is named: nobody can tell from it who comes back. */
const sessionOf = (who: number): string =>
  Math.imul(who + 1, 0x9e37_79b1)
    .toString(16)
    .replace('-', 'f')
    .padStart(12, '0');

const coldKeys = 'keys without an end that nobody has used for longer than that';
const nothing = 'nothing: new keys have an end from now on';

export const lab: Lab = {
  id: '12',
  title: 'Somewhere else',
  learn:
    'Find memory that grows in another server, and say what a fix has to do about what is there already.',
  minutes: [15, 25],
  needs: 'valkey',
  call: 'Customers complain: what they looked at last is forgotten. It began yesterday, it is worse by the hour, and a restart of orders-api changes nothing. Its graphs are flat, all of them: memory, connections, errors. No alert, no death. Where is it, how fast, and what do we have to do?',
  setup: {
    level: 1,
    seeds: (draw) => [draw(one(['keys'], size))],
    traffic_per_second: 60,
    customers,
  },
  items: [
    {
      kind: 'effect',
      key: 'flat',
      ask: 'Show that the service itself is level: collections with traffic between them.',
      expected: '1,000 requests between two collections, and less than 200 bytes left of each in the service',
      look: serviceIsFlat,
      hints: [
        'Rule out what is near before you look far: does the service keep anything of a request?',
        'As in lab 02: curl -s -X POST localhost:8080/admin/gc, half a minute of traffic, and once more.',
      ],
    },
    {
      kind: 'question',
      key: 'server',
      ask: 'Which server’s memory rises?',
      form: choice(
        'the service',
        'the upstream',
        'Valkey',
        'the console',
        'Prometheus',
        'the browser',
        'none: only the load rises',
      ),
      truth: (evidence) => growingServerTruth(evidence, { service: 'the service', remote: 'Valkey' }),
      hints: [
        'With whom does the service speak, and what does each of those keep?',
        './lab status names all that runs; GET /admin/sample has what the service knows of another server under "remote". Take it twice.',
      ],
    },
    {
      kind: 'question',
      key: 'keys_per_minute',
      ask: 'How many keys come each minute?',
      form: count('a number, as 1800', 10, 1_000_000),
      truth: keysPerMinuteTruth,
      hints: [
        'It is not the number of requests: some of those write a key that is there already.',
        'keys under "remote" and uptime_seconds of GET /admin/sample, twice, half a minute apart.',
      ],
    },
    {
      kind: 'question',
      key: 'expiry',
      ask: 'After how many seconds without use may a session end, so that nobody who comes back loses theirs? The longest time that one of them stays away, and half of that on top as grace.',
      form: seconds('a time, as 12 s', 1, 3_600),
      truth: (evidence) => expiryTruth(evidence, regularsOf(evidence.incident), grace),
      hints: [
        'Most customers never come back; some do. How long is it at most from one request of theirs to the next?',
        './lab valkey monitor shows each write with its time: take ten seconds of it, and look for the longest time from one write of a key to the next. Half as much again is the answer.',
      ],
    },
    {
      kind: 'question',
      key: 'endless_keys',
      without_requests: true,
      in_the_way: stillComing,
      ask: 'How many keys are there now that nothing will ever end?',
      form: count('a number, as 1800', 10, 1_000_000),
      truth: endlessKeysTruth,
      hints: [
        'A key either has an end, or it stays until somebody deletes it.',
        './lab valkey info keyspace: keys, and those of them that expire. ./lab traffic off first, so that it stands still.',
      ],
    },
    {
      kind: 'question',
      key: 'delete',
      without_requests: true,
      ask: 'New keys get that expiry now. What does the fix have to delete?',
      form: choice(
        nothing,
        'all keys, at once',
        'the largest keys',
        coldKeys,
        'keys of customers who come back',
        'half of the keys, whichever',
      ),
      truth: (evidence) => deletionTruth(evidence, { cold: coldKeys, nothing }),
      hints: [
        'An expiry is given when a key is written. What of those that were written before?',
        'Among the keys without an end are sessions of customers who come back in a moment. What tells them from the others?',
      ],
    },
  ],
};
