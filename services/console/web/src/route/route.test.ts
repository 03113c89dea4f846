import { expect, it } from 'vitest';
import { evidence, formatRoute, home, parseRoute, type Route } from './route.ts';

const places: readonly Route[] = [
  home,
  { page: 'live', range: null, window_seconds: 3600 },
  { page: 'live', range: { from_ms: 1_700_000_000_000, to_ms: 1_700_000_060_000 }, window_seconds: 300 },
  evidence,
  {
    ...evidence,
    since_seconds: 60,
    line: 'features/response-cache.ts:41 keep',
    diff: 3,
    className: 'a/b?c=#d&"<i>',
  },
  { page: 'deaths', id: null, range: null },
  { page: 'deaths', id: 12, range: { from_ms: 1, to_ms: 2 } },
  { page: 'course', lab: null },
  { page: 'incidents' },
  { page: 'course', lab: '02' },
  { page: 'leaks' },
  { page: 'download' },
];

it.each(places)('$page: a link leads back to the same place', (place) => {
  expect(parseRoute(formatRoute(place))).toEqual(place);
});

it.each(['', '#', '#/', '#/nowhere', '#/live?from=5&to=4', '#/live?from=x&to=-1&window=7'])(
  'what cannot be read (%s) is the live page',
  (hash) => expect(parseRoute(hash)).toEqual(home),
);
