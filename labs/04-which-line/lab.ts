import {
  bytes,
  bytesPerRequestTruth,
  count,
  file,
  fileOfGrowth,
  functionOfGrowth,
  identifier,
  type Lab,
  lineOfGrowth,
  one,
  servicesFiles,
  servicesFunctions,
} from '@leak-lab/course';

const KB = 1024;

export const lab: Lab = {
  id: '04',
  title: 'Which line',
  learn: 'Go from a climbing line to the file and the function that allocate what stays.',
  minutes: [10, 15],
  call: 'It is a leak: we proved that yesterday, on the old version. Now there is a new one, and it climbs too. Nobody knows which change it was: forty files. Where do we look?',
  setup: {
    seeds: (draw) => [
      draw(
        one(['cache', 'listeners', 'history', 'expired'], {
          least: 7 * KB,
          most: 12 * KB,
          latest_seconds: 8,
        }),
      ),
    ],
    traffic_per_second: 100,
  },
  items: [
    {
      kind: 'question',
      key: 'file',
      ask: 'In which file is what stays allocated?',
      form: file('a file of the service, as order.ts', servicesFiles),
      truth: fileOfGrowth,
      hints: [
        'The service knows which lines allocated what is still alive. What of that was not there a minute ago?',
        'curl -s localhost:8080/admin/memory/diff, wait half a minute, and once more: growing_allocations. The page shows the same under Evidence.',
      ],
    },
    {
      kind: 'question',
      key: 'function',
      ask: 'In which function?',
      form: identifier('the name of a function, as render', servicesFunctions),
      truth: functionOfGrowth,
      hints: [
        'The same place names it.',
        'location is file:line and function; a line is that where the function begins.',
      ],
    },
    {
      kind: 'question',
      key: 'line',
      ask: 'In which line does that function begin?',
      form: count('a number, as 42', 1, 200),
      truth: lineOfGrowth,
      hints: ['It is in the same location.', 'file:line; open the file there, and read on.'],
    },
    {
      kind: 'question',
      key: 'bytes_per_request',
      ask: 'How many bytes does it leave of each request?',
      form: bytes('a size, as 12.3 KB or 12600', 100, 1_000_000),
      // A profile by samples is right to about ten per cent.
      truth: (evidence) => bytesPerRequestTruth(evidence, 0.3),
      hints: [
        'The growth of that line, and the requests in the same time.',
        'size_diff_kb of the line over the requests between the two calls (http_requests_total in /metrics).',
      ],
    },
  ],
};
