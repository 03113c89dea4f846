import {
  choice,
  connectionsPerMinute,
  count,
  file,
  fileOfIncident,
  type Lab,
  onceTried,
  one,
  oneInRequests,
  openConnections,
  openThroughPause,
  type Setup,
  servicesFiles,
  type Try,
  tried,
} from '@leak-lab/course';

const MB = 1024 ** 2;
const usual_perSecond = 20;
const files = { sockets: 'availability-check.ts' };

const fits = one(['sockets'], { least: 0, most: MB, latest_seconds: 6 });

const setup: Setup = {
  level: 1,
  // About one or two a second: enough to be seen within a minute, and nothing of which it would die.
  seeds: (draw) => [
    draw((incident) => {
      const [{ one_in = 1 } = {}] = incident.leaks;
      return fits(incident) && one_in >= 8 && one_in <= 16;
    }),
  ],
  traffic_per_second: usual_perSecond,
};

/** Nothing stays open while the upstream is as usual, and nearly all while it is slow. */
const drainsOnly = ({ usual_left = 1, slow_left = 0 }: Try['figures']): boolean =>
  usual_left < 0.05 && slow_left > 0.5;

const noEnd = 'a call that the upstream does not answer has no end';
const ended = 'it is ended after a time, and its connection with it';
const hisTry = 'a try of his fix with a slow upstream (./lab check)';

export const lab: Lab = {
  id: '10',
  title: 'Connections climb',
  learn: 'See a leak that is none of memory, tell its rate, and find the second cause behind the first.',
  minutes: [20, 30],
  call: 'The network team says orders-api holds more and more connections to the stock server, some dozens more each minute, and asks when it will stop. Memory hardly moves and no request fails. How fast does it go, which requests are it, and what happens in the code?',
  setup,
  items: [
    {
      kind: 'question',
      key: 'per_minute',
      ask: 'How many connections to the upstream come each minute that stay?',
      form: count('a number, as 40', 1, 1_000),
      truth: (evidence) => connectionsPerMinute(evidence, usual_perSecond),
      hints: [
        'Two readings of how many are in use, and the time between them; under the usual traffic.',
        'GET /admin/resources, upstream: connections.busy, half a minute apart; twice the difference.',
      ],
    },
    {
      kind: 'question',
      key: 'one_in',
      ask: 'Of how many requests of the customers does one leave a call behind that never ends?',
      form: count('a number, as 100', 1, 1_000),
      truth: (evidence) => oneInRequests(evidence, usual_perSecond),
      hints: [
        'Requests have a counter, and calls that never ended have one. How much did each grow?',
        'GET /admin/sample has requests.total, GET /admin/resources upstream.requests.never_finished: both twice, half a minute apart, and one difference divided by the other.',
      ],
    },
    {
      kind: 'effect',
      key: 'stay_open',
      ask: 'Hold the traffic off for at least 10 s, and see what becomes of the connections.',
      expected: 'a pause of 10 s, and as many connections in use after it as before',
      look: openThroughPause,
      hints: [
        'A busy service opens connections, and lets go of them when the work is done.',
        './lab traffic off, twelve seconds, curl -s localhost:8080/admin/resources, ./lab traffic on.',
      ],
    },
    {
      kind: 'question',
      key: 'file',
      without_requests: true,
      ask: 'Which file of the service begins the calls that never end?',
      form: file('a file of the service, as order.ts', servicesFiles),
      truth: (evidence) => fileOfIncident(evidence, files),
      hints: [
        'The line that grows is in the client that makes all calls. Who asked it?',
        'curl -s localhost:8080/admin/memory/snapshot, by_stack: the frame below the client’s. Or look in the source for who calls it.',
      ],
    },
  ],
  next: [
    {
      call: 'Found, thank you. A colleague has a fix: he reads each answer to its end now, and with him the connections are flat. Please try it before we deploy, on the days as well on which the stock server is slow or fails.',
      setup: { ...setup, in_the_open: true, mend: ({ leaks: [leak] }) => files[leak?.id as 'sockets'] },
      items: [
        {
          kind: 'effect',
          key: 'first_tried',
          ask: 'Try his fix, labs/10-connections-climb/fixes/colleague.ts, in the place of your copy, with the upstream healthy and not: ./lab check.',
          expected: 'a try of a fix that is flat while the upstream is as usual, and climbs while it is slow',
          look: (evidence) =>
            tried(
              evidence,
              drainsOnly,
              ({ usual_left = 1, slow_left = 0 }) =>
                `a try in which ${percent(usual_left)} of the calls stayed open with the upstream as usual, ${percent(slow_left)} with a slow one`,
            ),
          hints: [
            'Your copy is what the service runs when a check is asked for. His can take its place.',
            'cp labs/10-connections-climb/fixes/colleague.ts over your copy in .lab/work, then ./lab check.',
          ],
        },
        {
          kind: 'question',
          key: 'second_cause',
          without_requests: true,
          ask: 'What is the second cause, behind the first?',
          form: choice(
            'answers that fail are not read',
            'a connection is not kept for the next call',
            'calls that failed are made again',
            'the upstream does not close its side',
            noEnd,
            'an answer is larger than the buffer of its socket',
            'names are looked up for each call',
            'too many requests of the customers',
          ),
          truth: (evidence) => onceTried(evidence, drainsOnly, [noEnd], hisTry),
          hints: [
            'With the body read, which calls are still open? Under which weather?',
            'While no answer comes there is nothing to be read: make the upstream wait for a minute (POST localhost:8080/admin/upstream, latency_ms 60000), and see GET /admin/resources now and then.',
          ],
        },
        {
          kind: 'question',
          key: 'sufficient',
          without_requests: true,
          ask: 'Beside reading its answer: what has to become of a call, so that nothing climbs while no answer comes?',
          form: choice(
            'whoever waits for it stops to wait',
            'its answer is read when it fails, too',
            ended,
            'it is made again on another connection',
            'its connection is kept for the next call',
            'it waits until a connection is free',
            'it asks for less at a time',
            'the collector takes it as soon as nobody refers to it',
          ),
          truth: (evidence) => onceTried(evidence, drainsOnly, [ended], hisTry),
          hints: [
            'Who holds what is open: the one who waits, or the agent and the kernel?',
            'Try labs/10-connections-climb/fixes/gives-up-only.ts as well: what does it end, and what is open all the same?',
          ],
        },
        {
          kind: 'trial',
          again: true,
          key: 'holds',
          ask: 'Mend it so that it holds with the upstream as usual, failing and slow, and have it checked: ./lab check.',
          expected:
            'your code loads, reads answers as before, and no call is open 4 s after the last one, or 9 s where the upstream is slow',
          attempt: (tools) => {
            const [leak] = tools.evidence().incident?.leaks ?? [];
            if (leak === undefined) throw new Error('The lab has no leak to mend.');
            return openConnections(tools, leak);
          },
          hints: [
            'Each call needs an end that does not depend on the other side.',
            'A time after which the call is destroyed, and its connection with it: giving up to wait is not enough. And a bound on how many are under way.',
          ],
        },
      ],
    },
  ],
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;
