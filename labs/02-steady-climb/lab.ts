import {
  bytes,
  bytesPerRequestTruth,
  choice,
  growsTruth,
  heldThroughPause,
  type Lab,
  lifeTimeTruth,
  one,
  seconds,
} from '@leak-lab/course';

const KB = 1024;
const whole = ['cache', 'listeners', 'history'];

export const lab: Lab = {
  id: '02',
  title: 'Steady climb',
  learn: 'Prove that memory climbs by requests and stays without them, and say when it ends.',
  minutes: [10, 20],
  call: 'Memory of orders-api went past 60 % and keeps going. Traffic is flat at 100 requests a second. It was restarted twice last night. Is this a leak, or do we just need a bigger box? And how long have we got?',
  setup: {
    seeds: (draw) => [draw(one(whole, { least: 5 * KB, most: 14 * KB, latest_seconds: 8 }))],
    traffic_per_second: 100,
  },
  items: [
    {
      kind: 'question',
      key: 'bytes_per_request',
      ask: 'How many bytes stay of each request?',
      form: bytes('a size, as 12.3 KB or 12600', 100, 1_000_000),
      truth: bytesPerRequestTruth,
      hints: [
        'Two readings of one process, each right after a collection (curl -s -X POST localhost:8080/admin/gc), and the requests between them.',
        'GET /admin/sample has both: heap_used_after_gc_bytes and requests.total. Take it twice, 30 s apart: the difference of the one divided by the difference of the other.',
      ],
    },
    {
      kind: 'effect',
      key: 'held_without_traffic',
      ask: 'Hold the traffic off for at least 10 s, collect all garbage meanwhile, and see what memory does.',
      expected: 'a pause of 10 s in the traffic after the climb began, and a collection in it',
      look: heldThroughPause,
      hints: [
        'Load that is gone takes its memory along. What does this service do when nobody asks?',
        './lab traffic off, wait ten seconds, curl -s -X POST localhost:8080/admin/gc, then ./lab traffic on.',
      ],
    },
    {
      kind: 'question',
      key: 'finding',
      ask: 'Leak or load?',
      form: choice('leak', 'load'),
      truth: (evidence) => growsTruth(evidence, { yes: 'leak', no: 'load' }),
      hints: [
        'Load takes memory while it is there. What did a collection without traffic leave?',
        'If what stays after a collection is more with each equal stretch of traffic, and does not go without traffic, it is a leak; else it is load.',
      ],
    },
    {
      kind: 'question',
      key: 'seconds_to_limit',
      ask: 'From its start to its limit: how long does a process live under this traffic?',
      form: seconds('a time, as 150 s or 2 min 30 s', 10, 3_600),
      truth: lifeTimeTruth,
      hints: [
        'The limit, what an idle process uses of it, what each second takes of the rest.',
        '(limit - use when idle) / (bytes a request × requests a second). GET /admin/memory has limit and use; or watch one die: ./lab status names its age.',
      ],
    },
  ],
};
