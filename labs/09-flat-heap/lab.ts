import {
  buildEvent,
  bytes,
  bytesOfPayload,
  choice,
  count,
  endedOneIn,
  file,
  fileOfIncident,
  heldThroughPause,
  holderOfGrowth,
  identifier,
  keptOfEvents,
  type Lab,
  largeEventsPerLong,
  onceTried,
  one,
  placeOfGrowth,
  type Setup,
  servicesFiles,
  type Try,
  tried,
} from '@leak-lab/course';

const KB = 1024;
const files = { buffers: 'receive-buffers.ts' };
const events_perSecond = 40;
/** At its rests ./lab stress reads so often, beside those who read anyway. */
const reading_perSecond = 12;

const setup: Setup = {
  level: 1,
  seeds: (draw) => [draw(one(['buffers'], { least: 10 * KB, most: 18 * KB, latest_seconds: 6 }))],
  traffic_per_second: events_perSecond,
  customers: buildEvent,
};

const herTry = 'a try of her fix under what the customers send (./lab check)';

/** Of what stayed before, what a fix leaves that helps a little and not enough. */
const helpsLittle = ({ share = 1 }: Try['figures']): boolean => share >= 0.85 && share <= 0.985;

export const lab: Lab = {
  id: '09',
  title: 'Flat heap',
  learn:
    'Find what climbs outside of the heap, name the line that makes it, and tell a fix from half of one.',
  minutes: [20, 30],
  call: 'Since the build system sends us its events, resident memory of orders-api climbs all day and never comes down, nights included. The heap is flat, so the team says it cannot be a leak. Which events is it, where is that memory, and who keeps it?',
  setup,
  items: [
    {
      kind: 'question',
      key: 'bytes_small',
      ask: 'How many bytes stay of each small event?',
      form: bytes('a size, as 12.3 KB, 12600 or 0', 1, 100_000),
      truth: (evidence) => bytesOfPayload(evidence, 'small'),
      hints: [
        'The customers send both kinds. Hold them off, send one kind yourself, and see what stays of it.',
        './lab traffic off, then ./lab stress --payload small --requests 2000: the average per request. With so few requests a hundred bytes or two are noise; say 0 where it is less than none.',
      ],
    },
    {
      kind: 'question',
      key: 'bytes_large',
      ask: 'How many bytes stay of each large event of 187 KB?',
      form: bytes('a size, as 12.3 KB, 12600 or 0', 1, 100_000),
      truth: (evidence) => bytesOfPayload(evidence, 'large'),
      hints: [
        'The same with the other kind, and nobody else sending meanwhile.',
        './lab traffic off, then ./lab stress --payload large --requests 800: the bytes per request of its verdict.',
      ],
    },
    {
      kind: 'effect',
      key: 'held_in_idle',
      without_requests: true,
      ask: 'Let it idle for at least 10 s after it has grown, collect all garbage meanwhile, and see what it does.',
      expected: 'a pause of 10 s after the climb began, and a collection in it',
      look: (evidence) => heldThroughPause(evidence, reading_perSecond),
      hints: [
        'Memory that is only kept for the next request goes by and by. What does this do when nobody asks?',
        'With the customers held off, ./lab stress ends with some seconds of idle and collects in them; or wait, and curl -s -X POST localhost:8080/admin/gc.',
      ],
    },
    {
      kind: 'question',
      key: 'memory',
      ask: 'Which memory is it that stays?',
      form: choice(
        'objects of the heap',
        'array buffers outside of the heap',
        'both the heap and array buffers',
        'stacks of threads',
        'compiled code',
        'what sockets have not sent yet',
        'free pages that are not given back',
      ),
      truth: (evidence) =>
        placeOfGrowth(evidence, {
          heap: 'objects of the heap',
          outside: 'array buffers outside of the heap',
          both: 'both the heap and array buffers',
        }),
      hints: [
        'GET /admin/sample has heap_used_after_gc_bytes and external_after_gc_bytes, and what the process uses of each kind. Which grew?',
        'Two readings after a collection with a load between them. External memory belongs to objects of the heap and lies outside; array_buffers_bytes is the part of it that buffers have.',
      ],
    },
    {
      kind: 'question',
      key: 'held_by',
      without_requests: true,
      ask: 'Compare two snapshots: which property of which object holds them all?',
      form: identifier('a property, as #orders', ['data', 'cache', 'pool', 'list', 'items', 'free', 'map']),
      truth: holderOfGrowth,
      hints: [
        'The bytes are not in the heap, and each has a small object there that stands for it. How many more are there of those, and who leads to them?',
        'POST localhost:8088/api/snapshots before and after a load of large events, compare the two, and read the owner of the collection that grew.',
      ],
    },
    {
      kind: 'question',
      key: 'file',
      without_requests: true,
      ask: 'In which file are they made?',
      form: file('a file of the service, as order.ts', servicesFiles),
      truth: (evidence) => fileOfIncident(evidence, files),
      hints: [
        'A profile counts what lies on the heap: look for many small objects, not for megabytes. The path in the snapshot has the name of a class, too.',
        'curl -s localhost:8080/admin/memory/snapshot, by_line: the one whose count comes near the number of large events. Or grep the service for the class on the path.',
      ],
    },
  ],
  next: [
    {
      call: 'A colleague has mended it already, she says, and wants to deploy: it lets go of what large events leave. Please try her fix under what our customers send before anybody does. If it is not enough, say why, and show us one that is.',
      setup: { ...setup, in_the_open: true, mend: ({ leaks: [leak] }) => files[leak?.id as 'buffers'] },
      items: [
        {
          kind: 'effect',
          key: 'first_tried',
          ask: 'Try her fix, labs/09-flat-heap/fixes/colleague.ts, in the place of your copy: ./lab check.',
          expected: 'a try of a fix that leaves a bit less of each large event than stayed before',
          look: (evidence) =>
            tried(evidence, helpsLittle, ({ share = 1 }) => {
              const less = Math.round(100 * (1 - share));
              return less < 1 ? 'a try that changed nothing' : `a try that leaves ${less} % less`;
            }),
          hints: [
            'Your copy is what the service runs when a check is asked for. Hers can take its place.',
            'cp labs/09-flat-heap/fixes/colleague.ts over your copy in .lab/work, then ./lab check.',
          ],
        },
        {
          kind: 'question',
          key: 'one_in',
          without_requests: true,
          ask: 'Of how many large events does her fix do anything for one?',
          form: count('a number, as 30', 1, 1_000),
          truth: (evidence) => endedOneIn(evidence, helpsLittle, largeEventsPerLong, herTry),
          hints: [
            'Her condition has a size in it. How many of the events that come are larger than that?',
            'curl -s localhost:8080/metrics | grep http_request_body_bytes_bucket, before and after a check: how many came beyond 256 bytes, and how many beyond 262,144.',
          ],
        },
        {
          kind: 'question',
          key: 'falls_short',
          without_requests: true,
          ask: 'Why does her fix fall short?',
          form: choice(
            'shrinking a buffer gives no memory back',
            'it shrinks before the buffer is used',
            'the collector takes buffers too late',
            'most of the buffers never reach its threshold',
            'small events fill the free list',
            'the free list is copied at each request',
            'it frees a buffer that is in use',
          ),
          truth: (evidence) =>
            onceTried(evidence, helpsLittle, ['most of the buffers never reach its threshold'], herTry),
          hints: [
            'It helps a little. For which events does it do anything at all?',
            'Read its condition, and hold it against the sizes of what comes: the buckets of http_request_body_bytes in /metrics, or the chart "Size of request bodies".',
          ],
        },
        {
          kind: 'trial',
          again: true,
          key: 'enough',
          ask: 'Mend it so that it is enough, and have it checked: ./lab check.',
          expected:
            'your code loads, tells events that come twice as before, and leaves less than a tenth of what stayed of each large event',
          attempt: (tools) => {
            const [leak] = tools.evidence().incident?.leaks ?? [];
            if (leak === undefined) throw new Error('The lab has no leak to mend.');
            return keptOfEvents(tools, leak);
          },
          hints: [
            'What is given back can be used again only if somebody asks for it. Who asks for which size?',
            'Ask for a buffer that is large enough instead of one of exactly that size, and keep a few of them at most; or keep none beyond the first size.',
          ],
        },
      ],
    },
  ],
};
