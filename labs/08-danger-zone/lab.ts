import {
  choice,
  count,
  diedBy,
  endedByTruth,
  exitCodeTruth,
  type Lab,
  seconds,
  several,
  survivedTruth,
  warningTruth,
} from '@leak-lab/course';

const KB = 1024;

export const lab: Lab = {
  id: '08',
  title: 'Danger zone',
  learn:
    'Tell the two ways apart in which a service dies of memory, and write its post-mortem from what survived.',
  minutes: [15, 25],
  call: 'orders-api dies every few minutes under load, and starts again. On the old machines it left a stack and a report, on the new ones it leaves nothing at all. Make it die both ways, and tell us what ended it each time, how we could have known, and how long before.',
  setup: {
    seeds: (draw) => [draw(several({ least: 12 * KB, most: 18 * KB, latest_seconds: 8 }))],
    traffic_per_second: 0,
  },
  items: [
    {
      kind: 'effect',
      key: 'killed',
      ask: 'Drive it into its memory limit, until the kernel ends it.',
      expected: 'a death by the limit of memory since the lab began',
      look: (evidence) => diedBy(evidence, 'kernel'),
      hints: [
        'It grows by requests: send some.',
        './lab load says when it died; on Docker docker compose run --rm k6 run /scripts/memory-stress.ts too.',
      ],
    },
    {
      kind: 'question',
      key: 'killed_exit',
      ask: 'With which exit code did that process end?',
      form: count('a number, as 1', 1, 255),
      truth: (evidence) => exitCodeTruth(evidence, 'kernel'),
      hints: [
        'A process that is ended by a signal ends with 128 and the number of the signal.',
        './lab postmortem, or docker inspect on Docker.',
      ],
    },
    {
      kind: 'question',
      key: 'killed_by',
      ask: 'What ended it?',
      form: choice(
        'the kernel',
        'V8',
        'the service itself',
        'a watchdog',
        'Docker',
        'the load',
        'nobody: it just ended',
      ),
      truth: (evidence) => endedByTruth(evidence, { kernel: 'the kernel', watchdog: 'a watchdog' }),
      hints: [
        'A process that ends itself, or that V8 ends, has time to say so. Who can end one that is not asked?',
        'The signal of its exit code, and ./lab postmortem: "known by" says who saw it. ./lab status says what keeps the limit here.',
      ],
    },
    {
      kind: 'question',
      key: 'warning',
      ask: 'From when it passed four fifths of its limit: how many seconds were left?',
      form: seconds('a time, as 12 s', 1, 600),
      truth: warningTruth,
      hints: [
        'The page keeps the last minute of each death.',
        'Page, Deaths: the chart of the last minute; from 205 MB (of 256) to its end.',
      ],
    },
    {
      kind: 'question',
      key: 'survived',
      ask: 'What was there to look at after that death?',
      form: choice(
        'a report that the process wrote',
        'what was recorded outside of it',
        'a snapshot at the limit',
        'its last log line, with the reason',
        'a core dump',
        'an error in the client',
        'nothing at all',
      ),
      truth: (evidence) =>
        survivedTruth(evidence, {
          report: 'a report that the process wrote',
          record: 'what was recorded outside of it',
        }),
      hints: [
        'The kernel asks nobody: a process that is killed writes nothing.',
        './lab logs and .lab/shared/reports: what is in them of that process? And ./lab postmortem?',
      ],
    },
    {
      kind: 'effect',
      key: 'aborted',
      ask: 'Now let V8 end it: start the service with a heap limit of 128 MB, and drive again.',
      expected: 'a death by V8’s own heap limit since the lab began',
      look: (evidence) => diedBy(evidence, 'v8'),
      hints: [
        'V8’s limit has to be below the kernel’s, or the kernel comes first.',
        './lab down, ./lab up --detach --heap-limit 128, ./lab load. On Docker: SERVICE_NODE_OPTIONS=--max-old-space-size=128 docker compose up -d.',
      ],
    },
    {
      kind: 'question',
      key: 'aborted_exit',
      ask: 'With which exit code did that process end?',
      form: count('a number, as 1', 1, 255),
      truth: (evidence) => exitCodeTruth(evidence, 'v8'),
      hints: [
        'V8 ends the process by a signal of its own.',
        './lab postmortem names it, and the report it left.',
      ],
    },
  ],
};
