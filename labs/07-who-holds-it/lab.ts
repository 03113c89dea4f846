import {
  choice,
  classOfGrowth,
  compared,
  count,
  countOfGrowth,
  holderOfGrowth,
  identifier,
  keepsUpTruth,
  type Lab,
  one,
  sufficientFix,
} from '@leak-lab/course';

const KB = 1024;

export const lab: Lab = {
  id: '07',
  title: 'Who holds it',
  learn: 'Find what holds the memory by two snapshots, where the line alone misleads.',
  minutes: [15, 25],
  call: 'orders-api climbs again, and the growing line is one that only queues a little job. The jobs are tiny. Since yesterday the pricing service behind it is slow, they say that has nothing to do with it. What is it that is held, who holds it, and what do we have to change?',
  setup: {
    seeds: (draw) => [draw(one(['closures'], { least: 3 * KB, most: 9 * KB, latest_seconds: 4 }))],
    traffic_per_second: 60,
  },
  items: [
    {
      kind: 'effect',
      key: 'compared',
      ask: 'Take two snapshots with some traffic between them, and compare them.',
      expected: 'a comparison of two snapshots taken since the lab began',
      look: compared,
      hints: [
        'Take the first early: a snapshot costs most of what is free later.',
        'The page, Evidence: "Take a snapshot", half a minute, "Take a snapshot", "Compare".',
      ],
    },
    {
      kind: 'question',
      key: 'class',
      ask: 'Which class are the objects of that came in masses?',
      form: identifier('the name of a class as the comparison has it', [
        'Map',
        'Array',
        'Object',
        'Function',
        'Buffer',
        'Socket',
        'Order',
        'Job',
      ]),
      truth: classOfGrowth,
      hints: [
        'Sort by what is retained more, and look for one of which there are thousands more.',
        'An object without a class of its own is named by its properties in braces; a closure is "Function", and what it captured a "Context".',
      ],
    },
    {
      kind: 'question',
      key: 'count',
      ask: 'How many more of them are there?',
      form: count('a number, as 1200', 10, 100_000),
      truth: countOfGrowth,
      hints: ['The comparison counts them.', 'Objects added minus objects gone, of that class.'],
    },
    {
      kind: 'question',
      key: 'holder',
      ask: 'Which property holds them all?',
      form: identifier('the name of a property, as #entries', [
        '#entries',
        '#map',
        '#cache',
        'listeners',
        '#queue',
        '#responses',
        '#items',
        '#history',
      ]),
      truth: holderOfGrowth,
      hints: [
        'Follow the path of one of them towards the root, past the array or map it lies in.',
        'The page shows the path of each class: the last property of the service’s own before the objects.',
      ],
    },
    {
      kind: 'question',
      key: 'keeps_up',
      ask: 'How many of these jobs does it finish a second, while its upstream is as slow as it is?',
      form: count('a number, as 3.5', 0.05, 100),
      truth: keepsUpTruth,
      hints: [
        'Jobs at a time over the seconds that one takes.',
        'GET /admin/resources: running_jobs, and how long the upstream takes (GET /admin/upstream, or a trace).',
      ],
    },
    {
      kind: 'question',
      key: 'fix',
      ask: 'Which one change is sufficient at this traffic?',
      form: choice(
        'capture only what the job needs',
        'bound how many jobs wait',
        'a larger heap',
        'a longer timeout for the upstream',
        'run the jobs twice as fast',
        'collect garbage more often',
        'smaller orders',
      ),
      truth: (evidence) =>
        sufficientFix(evidence, { bound: 'bound how many jobs wait', faster: 'run the jobs twice as fast' }),
      hints: [
        'More come than are finished. What does each change do about that?',
        'A lighter job fills memory later, and fills it. What can be said of how many there are?',
      ],
    },
  ],
};
