import {
  bytes,
  bytesPerRequestTruth,
  choice,
  count,
  countOfGrowth,
  type Evidence,
  falseAlarmHolds,
  falseAlarmTruth,
  file,
  fileOfGrowth,
  holderByFile,
  type Item,
  type Lab,
  ofService,
  one,
  type Setup,
  servicesFiles,
  shuffled,
} from '@leak-lab/course';

const KB = 1024;
const MB = 1024 * KB;

const map = 'map with keys that never end';
const listeners = 'listeners on an emitter that lives on';
const list = 'array of everything that came';
const holders = {
  'response-cache.ts': map,
  'order-views.ts': listeners,
  'request-history.ts': list,
};
const filling = 'bounded cache that fills';
const late = 'garbage that is collected late';
const reused = 'buffers made once and used again';
const alarms: Readonly<Record<string, string>> = { 'warm-cache': filling, churn: late, pool: reused };

/** Three that differ in what holds and in how steep it climbs: slowly, so that a second snapshot fits after a minute. */
const sick: Setup = {
  seeds: (draw) => {
    const kinds = shuffled(['cache', 'listeners', 'history']);
    const sizes = shuffled([
      { least: 3.7 * KB, most: 4.3 * KB },
      { least: 5 * KB, most: 5.7 * KB },
      { least: 6.9 * KB, most: 8 * KB },
    ]);
    return kinds.map((kind, index) =>
      draw(one([kind], { ...(sizes[index] as (typeof sizes)[0]), latest_seconds: 10 })),
    );
  },
  traffic_per_second: 40,
};

/** Two that leak, and one that only looks so. */
const deployed: Setup = {
  seeds: (draw) => {
    const [first, second] = shuffled(['cache', 'listeners', 'history']);
    const size = { least: 5 * KB, most: 10 * KB, latest_seconds: 10 };
    return shuffled([
      draw(one([first as string], size)),
      draw(one([second as string], size)),
      draw(one(Object.keys(alarms), { least: 0, most: 2 * MB, latest_seconds: 10 })),
    ]);
  },
  traffic_per_second: 50,
};

const heldBy = (name: string, place: string): Item => ({
  kind: 'question',
  key: `held_by_${name}`,
  ask: `What holds the memory of ${name} (${place})?`,
  form: choice(
    map,
    listeners,
    list,
    'closures that wait in a queue',
    'buffers outside of the heap',
    'sockets that stay open',
  ),
  truth: (evidence) => ofService(evidence, name, (service) => holderByFile(service, holders)),
  hints: [
    'The line that allocates what stays is in a file, and the file says who keeps it. Read it.',
    `curl -s ${place}/admin/memory/diff, wait half a minute, and once more: location. Open the file there: where does handle() put what it makes?`,
  ],
});

const falseAlarm = (evidence: Evidence, words: (name: string, id: string) => string) =>
  falseAlarmTruth(evidence, Object.keys(alarms), words);

export const lab: Lab = {
  id: '06',
  title: 'Three patients',
  learn: 'Tell three leaks apart by shape, class and path, and what is no leak from what is.',
  minutes: [15, 25],
  call: 'Three services of ours climb at once, and they say it must be the same bug: one fix, three deployments. I do not believe it. Have a look at each, please: what is it that holds the memory in a, in b and in c?',
  services: 3,
  setup: sick,
  items: [
    heldBy('a', 'localhost:8080'),
    heldBy('b', 'localhost:8180'),
    heldBy('c', 'localhost:8280'),
    {
      kind: 'question',
      key: 'count_a',
      ask: 'Compare two snapshots of a: how many more objects are there of the class that retains most of the growth?',
      form: count('a number, as 1200', 10, 100_000),
      truth: countOfGrowth,
      hints: [
        'Take the first snapshot early, the second half a minute later: the page has both, and compares them.',
        'The page, Evidence: "Take a snapshot" twice, "Compare". The first rows by retained size; objects added minus objects gone.',
      ],
    },
    {
      kind: 'question',
      key: 'file_b',
      ask: 'In which file is what stays in b allocated?',
      form: file('a file of the service, as order.ts', servicesFiles),
      truth: (evidence) => ofService(evidence, 'b', fileOfGrowth),
      hints: [
        'Each service tells of itself which lines allocated what is still alive.',
        'curl -s localhost:8180/admin/memory/diff, half a minute, and once more: growing_allocations, location.',
      ],
    },
    {
      kind: 'question',
      key: 'bytes_c',
      ask: 'How many bytes stay in c of each request?',
      form: bytes('a size, as 12.3 KB or 12600', 100, 1_000_000),
      truth: (evidence) => ofService(evidence, 'c', bytesPerRequestTruth),
      hints: [
        'Two readings of one process, each right after a collection, and the requests between them.',
        'curl -s -X POST localhost:8280/admin/gc, then GET /admin/sample: heap_used_after_gc_bytes and requests.total. The same half a minute later.',
      ],
    },
  ],
  next: [
    {
      call: 'You were right, and all three are fixed. Since then there was a deployment, and now all three climb again. Two of them leak, says the vendor; the third is only doing its work, and somebody wants to roll it back. Which one is it, and how do you know?',
      setup: deployed,
      items: [
        {
          kind: 'question',
          key: 'no_leak',
          ask: 'Which of the three does not leak?',
          form: choice('a', 'b', 'c'),
          truth: (evidence) => falseAlarm(evidence, (name) => name),
          hints: [
            'What is held after a collection is what counts, and whether the next equal stretch of traffic adds as much again.',
            'Of each service three readings, half a minute apart, each right after POST /admin/gc: a leak adds the same each time. What adds nothing any more, or less and less, is none.',
          ],
        },
        {
          kind: 'question',
          key: 'because',
          ask: 'What is it that this one does?',
          form: choice(filling, late, reused, map, listeners, list),
          truth: (evidence) => falseAlarm(evidence, (_name, id) => alarms[id] ?? id),
          hints: [
            'Heap or outside of it? A step, a saw, or a curve that bends?',
            'GET /admin/sample: external_bytes far up and level means buffers; much heap before a collection and little after it means garbage; growth after collections that gets less each time means that something fills.',
          ],
        },
        {
          kind: 'question',
          key: 'held_bytes',
          ask: 'And the figure that shows it: how much does it hold after a collection, heap and external together?',
          form: bytes('a size, as 42 MB', 10 * MB, 256 * MB),
          truth: (evidence) => falseAlarmHolds(evidence, Object.keys(alarms)),
          hints: [
            'A collection first: what is in use before it is partly garbage.',
            'POST /admin/gc answers with after: heap_used_bytes + external_bytes.',
          ],
        },
      ],
    },
  ],
};
