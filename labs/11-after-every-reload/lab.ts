import {
  bytes,
  bytesPerReloadTruth,
  choice,
  classOfGrowth,
  count,
  deadEntriesTruth,
  type Evidence,
  file,
  fileOfGrowth,
  heldInIdle,
  identifier,
  type Lab,
  lackingReloads,
  nodeOfGrowth,
  one,
  reloadsMended,
  servicesFiles,
  servicesFunctions,
  stayedTruth,
  waitedForDeath,
} from '@leak-lab/course';

const KB = 1024;
const MB = KB ** 2;
const reload = { least: 1.5 * MB, most: 4 * MB, latest_seconds: 2 };
/** How long what the last part keeps is good for, as its code says. */
const goodFor_seconds = 30;

/** By day nothing is past its time for good. */
const stillDay = ({ traffic_per_second }: Evidence): string | undefined =>
  traffic_per_second > 0
    ? `It is day as long as customers ask, ${traffic_per_second} a second now: ./lab traffic off makes it night.`
    : undefined;

/** Whoever makes what another file keeps is a node of the profile too. */
const makers = { 'features/blocklist.ts': ['domainsOf', 'domain'] };

/** What someone might name who has not looked. */
const classesToGuess = [
  'Map',
  'Array',
  'Object',
  'Function',
  'Buffer',
  'Socket',
  'Order',
  'Quote',
  'Session',
];

export const lab: Lab = {
  id: '11',
  title: 'After every reload',
  learn:
    'Find memory that no traffic explains, by event and by time, with profiles before, after and in idle.',
  minutes: [20, 35],
  call: 'Memory of orders-api goes up in steps, and it is not the traffic: at night nobody asks, and it went up all the same. All that happens at night is that the list of blocked domains is loaded anew every few minutes. Operations says a list is a list, the new one replaces the old one. Is it that, how much is it, and does it ever come back?',
  setup: {
    level: 1,
    seeds: (draw) => [draw(one(['reload'], reload))],
    traffic_per_second: 40,
  },
  items: [
    {
      kind: 'effect',
      key: 'idle',
      without_requests: true,
      in_the_way: lackingReloads,
      ask: 'Reload the list a few times, then leave the service alone: no customers, no reloads, and a collection meanwhile.',
      expected: 'three reloads or more, then 10 s without requests and reloads, with a collection in them',
      look: heldInIdle,
      hints: [
        'A reload needs memory while it works. What is there when nobody works any more?',
        'curl -s -X POST localhost:8080/api/blocklist/reload, six times; ./lab traffic off; after five seconds curl -s -X POST localhost:8080/admin/gc; five more.',
      ],
    },
    {
      kind: 'question',
      key: 'bytes_per_reload',
      without_requests: true,
      in_the_way: lackingReloads,
      ask: 'How many bytes stay of each reload?',
      form: bytes('a size, as 1.2 MB or 1200000', 10 * KB, 100 * MB),
      truth: bytesPerReloadTruth,
      hints: [
        'Two readings after a collection, and the reloads between them: the requests do not count here.',
        'GET /admin/sample has heap_used_after_gc_bytes and reloads_total; wait a second after the last reload, then POST /admin/gc.',
      ],
    },
    {
      kind: 'question',
      key: 'node',
      without_requests: true,
      in_the_way: lackingReloads,
      ask: 'Which node of the difference of two profiles is it: which function?',
      form: identifier('the name of a function, as render', servicesFunctions),
      truth: (evidence) => nodeOfGrowth(evidence, makers),
      hints: [
        'A profile of what is alive, before and after some reloads: what is new in the second one?',
        './lab profile before.pb.gz, six reloads, ./lab profile after.pb.gz --since before.pb.gz. Each function of the service with nearly all of it is right that knows of domains or of their list.',
      ],
    },
    {
      kind: 'question',
      key: 'finding',
      without_requests: true,
      in_the_way: lackingReloads,
      ask: 'Is it a leak, or allocation pressure: memory of work that is under way?',
      form: choice('leak', 'allocation pressure'),
      truth: (evidence) => stayedTruth(evidence, { leak: 'leak', pressure: 'allocation pressure' }),
      hints: [
        'Pressure is high while there is work, and gone without. What did idle leave?',
        'Compare what a collection left before the reloads with what one left in idle.',
      ],
    },
  ],
  next: [
    {
      call: 'So it is the reload. Nine of ten bring the list that is loaded already, by the way: same version, same domains. Mend it: no list stays behind, one that is loaded already costs nothing, and a new one is still taken.',
      setup: {
        level: 1,
        seeds: (draw) => [draw(one(['reload'], reload))],
        in_the_open: true,
        mend: () => 'blocklist.ts',
        traffic_per_second: 0,
      },
      items: [
        {
          kind: 'trial',
          key: 'mended',
          without_requests: true,
          ask: 'Mend your copy of its file in .lab/work, and have it checked: ./lab check.',
          expected:
            'it keeps less than a seventh of a list of each reload, takes each version that is new, and does no work for the one that is loaded',
          attempt: (tools) => {
            const [leak] = tools.evidence().incident?.leaks ?? [];
            if (leak === undefined) throw new Error('The lab has no reload to mend.');
            return reloadsMended(tools, leak);
          },
          hints: [
            'What is wanted of the list before the last one, and when is that known? And what is the same when a version is the same?',
            'Keep what is told of the list before (how many domains are new), not the list. Return before any work where the version is the one that is loaded.',
          ],
        },
      ],
    },
    {
      call: 'That one is flat, thank you. Here is the next, on another machine: memory rises by day and does not fall by night. Whatever it keeps there is good for half a minute only, they say, so at night nothing should be left. What is left, and of what use is it?',
      setup: {
        seeds: (draw) => [draw(one(['expired'], { least: 9 * KB, most: 18 * KB, latest_seconds: 3 }))],
        traffic_per_second: 120,
      },
      items: [
        {
          kind: 'effect',
          key: 'night',
          without_requests: true,
          in_the_way: stillDay,
          ask: 'Let some customers come, then make it night: nobody asks until the last thing that is kept is past its time, and a collection after that.',
          expected: `${goodFor_seconds} s without requests, and a collection after them`,
          look: (evidence) => waitedForDeath(evidence, goodFor_seconds),
          hints: [
            'What is good for half a minute is of no use half a minute after the last customer. Is it gone then?',
            './lab traffic off, wait for 32 s, curl -s -X POST localhost:8080/admin/gc.',
          ],
        },
        {
          kind: 'question',
          key: 'file',
          without_requests: true,
          ask: 'Which file keeps it?',
          form: file('a file of the service, as order.ts', servicesFiles),
          truth: fileOfGrowth,
          hints: [
            'Two profiles of what is alive again, one by day and one at night: what is more?',
            './lab profile day.pb.gz early, ./lab profile night.pb.gz --since day.pb.gz; the place beside a function is its file.',
          ],
        },
        {
          kind: 'question',
          key: 'entries',
          without_requests: true,
          ask: 'Which entries are left: which class is there once more for each request?',
          form: identifier('the name of a class as the comparison has it', classesToGuess),
          truth: classOfGrowth,
          hints: [
            'What came with each request is there as often as requests came.',
            'Two snapshots, the first early and the second at night, and their comparison: POST /api/snapshots and /api/diffs at port 8088, or the page, Evidence. A class in braces is named by its properties.',
          ],
        },
        {
          kind: 'question',
          key: 'dead',
          without_requests: true,
          in_the_way: stillDay,
          ask: 'How many of them are held at night, each past its time?',
          form: count('a number, as 1200', 10, 1_000_000),
          truth: (evidence) => deadEntriesTruth(evidence, goodFor_seconds),
          hints: [
            'Each was made for one request. Who would take one out that nobody asks for again?',
            'The comparison of the two snapshots has the collections that grew, with how many are in each: count_after.',
          ],
        },
      ],
    },
  ],
};
