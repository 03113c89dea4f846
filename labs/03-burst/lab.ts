import {
  burstSeen,
  bytes,
  choice,
  growsBy,
  heldAfterBurst,
  type Lab,
  leftByBurst,
  lifeTimeTruth,
  one,
  seconds,
} from '@leak-lab/course';

const KB = 1024;
const MB = 1024 * KB;
const usual_perSecond = 30;

export const lab: Lab = {
  id: '03',
  title: 'Burst',
  learn: 'Tell growth by requests from growth by time, and say what more traffic would do.',
  minutes: [10, 20],
  call: 'orders-api is quiet at 30 requests a second and memory hardly moves. Marketing sends a mail on Friday: ten times the traffic for an hour, then silence. Last time memory did not come back afterwards. Try it before Friday, and tell us what to expect.',
  setup: {
    seeds: (draw) => [
      draw(one(['cache', 'listeners', 'history'], { least: 2 * KB, most: 6 * KB, latest_seconds: 4 })),
    ],
    traffic_per_second: usual_perSecond,
  },
  items: [
    {
      kind: 'effect',
      key: 'burst',
      ask: 'Send ten times the usual traffic for at least 15 s.',
      expected: '15 s of about 300 requests a second within one life of the service',
      look: (evidence) => burstSeen(evidence, usual_perSecond),
      hints: [
        'The customers can be told to ask more, or ask yourself beside them.',
        './lab traffic 300, or ./lab load --rate 300 --duration 20s.',
      ],
    },
    {
      kind: 'effect',
      key: 'silence',
      ask: 'Then silence for at least 10 s, with a collection of all garbage in it.',
      expected: '10 s without traffic after the burst, and a collection in them',
      look: (evidence) => heldAfterBurst(evidence, usual_perSecond),
      hints: [
        'What is left when nobody asks and all garbage is gone is what the burst left.',
        './lab traffic off, ten seconds, curl -s -X POST localhost:8080/admin/gc.',
      ],
    },
    {
      kind: 'question',
      key: 'left_by_burst',
      ask: 'How much memory did the burst leave?',
      form: bytes('a size, as 35 MB', MB, 256 * MB),
      truth: (evidence) => leftByBurst(evidence, usual_perSecond),
      hints: [
        'What is held after a collection before the burst, and after it.',
        'POST /admin/gc answers with the heap after it: once before the burst and once after; the difference is what it left.',
      ],
    },
    {
      kind: 'question',
      key: 'grows_by',
      ask: 'What does memory grow by?',
      form: choice('requests', 'time'),
      truth: (evidence) => growsBy(evidence, { requests: 'requests', time: 'time' }),
      hints: [
        'In the silence time went on, and requests did not.',
        'Compare what is held at the begin and at the end of the silence, and over the burst.',
      ],
    },
    {
      kind: 'question',
      key: 'life_at_ten_times',
      ask: 'With ten times the traffic all day: how long would a fresh process live?',
      form: seconds('a time, as 150 s or 2 min 30 s', 10, 7_200),
      truth: (evidence) => lifeTimeTruth(evidence, 10 * usual_perSecond),
      hints: [
        'If it grows by requests, ten times the requests is a tenth of the time.',
        '(limit - use when idle) / (bytes a request × 300). GET /admin/memory has limit and use.',
      ],
    },
  ],
};
