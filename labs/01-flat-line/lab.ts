import {
  bytes,
  choice,
  growsTruth,
  heldAfterCollection,
  type Lab,
  residentMemory,
  trafficSeen,
} from '@leak-lab/course';

const MB = 1024 ** 2;

export const lab: Lab = {
  id: '01',
  title: 'Flat line',
  learn: 'Know what a healthy service looks like: its noise, its warm-up, its garbage.',
  minutes: [10, 15],
  call: 'You take over orders-api tomorrow. Nothing is wrong with it. Write down what normal is, so that you know it when it is not: how much memory it takes, how much of that it holds, and whether it grows.',
  setup: { seeds: () => [], traffic_per_second: 100 },
  items: [
    {
      kind: 'question',
      key: 'resident',
      ask: 'How much resident memory has the process under this traffic?',
      form: bytes('a size, as 92 MB', 16 * MB, 1_024 * MB),
      truth: residentMemory,
      hints: [
        'It is the memory that the kernel has given the process, whatever it holds.',
        'curl -s localhost:8080/admin/memory: process.rss_mb. The page shows the same as "resident".',
      ],
    },
    {
      kind: 'effect',
      key: 'traffic',
      ask: 'Let the traffic run for half a minute, and collect all garbage before and after.',
      expected: '1,500 requests within one life of the service, and a collection before and after them',
      look: trafficSeen,
      hints: [
        'Memory that goes up and down says nothing; what is left after a collection does.',
        'curl -s -X POST localhost:8080/admin/gc, wait half a minute, and once more.',
      ],
    },
    {
      kind: 'question',
      key: 'heap_after_gc',
      ask: 'How much of its heap is left after a collection?',
      form: bytes('a size, as 21 MB', 2 * MB, 512 * MB),
      truth: heldAfterCollection,
      hints: [
        'The heap in use right after a collection of all garbage: that is what the service holds.',
        'curl -s -X POST localhost:8080/admin/gc answers with the heap after it.',
      ],
    },
    {
      kind: 'question',
      key: 'grows',
      ask: 'Does what it holds grow with its requests?',
      form: choice('yes', 'no'),
      truth: (evidence) => growsTruth(evidence, { yes: 'yes', no: 'no' }),
      hints: [
        'Compare what is left after two collections, with some thousand requests between them.',
        'Less than 100 bytes a request is noise: (left after the second - left after the first) / requests between.',
      ],
    },
  ],
};
