import { type Recording, seriesOf, type Values } from '@leak-lab/alert-exercise';
import type { Expectation } from './promtool.ts';
import { readRecording } from './recording.ts';
import { remade, restartedAt, twice, without } from './remade.ts';

/** A recording, measured or made of measured ones, and what the rules must make of it. */
export interface Case {
  readonly name: string;
  readonly recording: Pick<Recording, 'interval_seconds' | 'series'>;
  readonly expectations: readonly Expectation[];
}

const leaks = ['cache', 'listeners', 'history', 'closures', 'buffers', 'sockets', 'reload', 'expired'];
/** `churn-busy`: on a machine that is busy with three times as much as it can do. */
const controls = ['warm-cache', 'churn', 'churn-busy', 'pool', 'load-step'];
/** The requests of leaks, to code that has none. */
const twins = ['fixed-closures', 'fixed-buffers', 'fixed-sockets', 'fixed-reload', 'fixed-keys'];

/** Of each request, bytes, within a fifth: what is set, but for `sockets`, where one in three keeps some 31 KB. */
const kept_bytes: Readonly<Record<string, number>> = { sockets: 10_400, reload: 4_800_000 };
const usuallyKept_bytes = 16_384;
const memoryAlerts = 'MemoryLeakSuspected|MemoryLimitSoon';
const allOfMemory = `${memoryAlerts}|ValkeyLimitSoon`;

const firing = (alerts: string) => `sum(ALERTS{alertname=~"${alerts}",alertstate="firing"}) or vector(0)`;
const everFired = (alerts: string, for_seconds: number) =>
  `sum(count_over_time(ALERTS{alertname=~"${alerts}",alertstate="firing"}[${for_seconds}s])) or vector(0)`;

/** When so much of the limit was in use for the first time after the load began, seconds from the recording's start. */
function reaches(recording: Recording, share: number): number {
  const use = seriesOf(recording, 'container_memory_usage_bytes');
  const limit_bytes =
    seriesOf(recording, 'container_memory_limit_bytes').find((value) => value !== null) ?? Number.NaN;
  const index = use.findIndex((bytes, at) => at >= recording.loaded && (bytes ?? 0) >= share * limit_bytes);
  return index * recording.interval_seconds;
}

const diesAt = ({ died = 0, interval_seconds }: Recording) => died * interval_seconds;

function leakCase(leak: string): Case {
  const recording = readRecording(leak);
  const died = diesAt(recording);
  const each_bytes = kept_bytes[leak] ?? usuallyKept_bytes;
  const perRequest = 'instance:memory_growth_bytes:per_request';
  // Near its limit the service may miss a scrape.
  const left = 'last_over_time(instance:memory_to_limit_seconds:regression[6s])';
  return {
    name: `${leak}: suspected before 70 % of the limit, soon full 20 s before the kill, then dead`,
    recording,
    expectations: [
      {
        at_seconds: recording.loaded * recording.interval_seconds,
        expression: firing(memoryAlerts),
        value: 0,
      },
      { at_seconds: reaches(recording, 0.7), expression: firing('MemoryLeakSuspected'), value: 1 },
      { at_seconds: died - 20, expression: firing('MemoryLimitSoon'), value: 1 },
      {
        at_seconds: reaches(recording, 0.8),
        expression: `sum(${perRequest} > bool ${0.8 * each_bytes}) + sum(${perRequest} < bool ${1.2 * each_bytes})`,
        value: 2,
      },
      // The time that is left is right within a third, half way.
      { at_seconds: died - 24, expression: `sum(abs(${left} - 24) < bool 8)`, value: 1 },
      { at_seconds: died + 16, expression: firing('ServiceDied'), value: 1 },
      { at_seconds: died + 16, expression: firing(memoryAlerts), value: 0 },
    ],
  };
}

/** The service lives and is as it was: only the server that it writes to fills up. */
function keysCase(): Case {
  const recording = readRecording('keys');
  const limit_bytes = 256 * 2 ** 20;
  const isFull = (share: number) =>
    seriesOf(recording, 'valkey_used_memory_bytes').findIndex(
      (bytes) => (bytes ?? 0) >= share * limit_bytes,
    ) * recording.interval_seconds;
  const whole = (seriesOf(recording, 'up').length - 1) * recording.interval_seconds;
  return {
    name: 'keys: that Valkey is full soon is told before 70 % of its limit, of the service nothing',
    recording,
    expectations: [
      { at_seconds: isFull(0.4), expression: everFired('ValkeyLimitSoon', isFull(0.4)), value: 0 },
      { at_seconds: isFull(0.7), expression: firing('ValkeyLimitSoon'), value: 1 },
      { at_seconds: whole, expression: everFired(`${memoryAlerts}|ServiceDied`, whole), value: 0 },
    ],
  };
}

function controlCase(control: string): Case {
  const recording = readRecording(control);
  const whole = (seriesOf(recording, 'up').length - 1) * recording.interval_seconds;
  return {
    name: `${control}: no alert about memory`,
    recording,
    expectations: [
      { at_seconds: whole, expression: everFired(`${allOfMemory}|ServiceDied`, whole), value: 0 },
    ],
  };
}

/** The same garbage where the service found time only two seconds after a collection to note what it had left: each time, or every other. */
function notedLate(control: string, isLate: (collection: number) => boolean, which: string): Case {
  const measured = readRecording(control);
  const made_bytes = 2 * 200 * 40_000;
  let collection = 0;
  const late = (values: Values) =>
    values.map((value, index) => {
      if (value !== values[index - 1]) collection += 1;
      return value !== null && index > measured.loaded && isLate(collection) ? value + made_bytes : value;
    });
  const { expectations } = controlCase(control);
  return {
    name: `${control}, what ${which} left is noted late: no alert about memory`,
    recording: remade(measured, (values, key) =>
      key.startsWith('nodejs_heap_used_after_gc_bytes{') ? late(values) : values,
    ),
    expectations,
  };
}

function lateNotes(): Case[] {
  return ['churn', 'churn-busy'].flatMap((control) => [
    notedLate(control, () => true, 'collections'),
    notedLate(control, (collection) => collection % 2 === 1, 'every other collection'),
  ]);
}

/**
 * The same leak five times slower, scraped as often: what is counted moves on between two scrapes, what collections left stays.
 */
function slower(): Case[] {
  const times = 5;
  const measured = readRecording('cache');
  const stays = /^(nodejs_\w+_after_gc|process_start|container_memory_limit|up)/;
  const stretch = (values: Values, key: string) =>
    values.flatMap((value, index) => {
      const next = values[index + 1] ?? null;
      const step = value === null || next === null || next < value || stays.test(key) ? 0 : next - value;
      return Array.from({ length: times }, (_, part) => value && value + (step * part) / times);
    });
  const { died = 0 } = measured;
  const recording: Recording = {
    ...remade(measured, stretch),
    loaded: measured.loaded * times,
    died: died * times,
  };
  return [
    {
      name: 'a leak that fills the limit in five minutes: suspected before 70 % of the limit, soon full minutes before the kill',
      recording,
      expectations: [
        { at_seconds: reaches(recording, 0.7), expression: firing('MemoryLeakSuspected'), value: 1 },
        { at_seconds: diesAt(recording) - 120, expression: firing('MemoryLimitSoon'), value: 1 },
      ],
    },
  ];
}

/**
 * A leak's climb as if it were outside of all that V8 knows, and three times slower: the same use of the container, a
 * heap that stays.
 */
function outsideOfTheHeap(): Case {
  const measured = readRecording('cache');
  const slowed = { ...measured, interval_seconds: 3 * measured.interval_seconds };
  const stays = (values: Values) =>
    values.map((value) => value && (values.find((first) => first !== null) as number));
  const recording = remade(slowed, (values, key) => (key.startsWith('nodejs_') ? stays(values) : values));
  return {
    name: 'a climb outside of the heap: no leak of requests is suspected, and that the limit is near is told',
    recording,
    expectations: [
      { at_seconds: diesAt(recording) - 4, expression: everFired('MemoryLeakSuspected', 180), value: 0 },
      { at_seconds: diesAt(recording) - 20, expression: firing('MemoryLimitSoon'), value: 1 },
    ],
  };
}

function missingSamples(): Case[] {
  const recording = readRecording('cache');
  const thinned = without(recording, (index) => index % 3 === 1);
  const fifth = reaches(recording, 0.5) / recording.interval_seconds;
  const gap = without(recording, (index) => index >= fifth - 5 && index < fifth);
  return [
    {
      name: 'every third scrape is missing: it is still told before 80 % of the limit',
      recording: thinned,
      expectations: [
        { at_seconds: reaches(recording, 0.8), expression: firing('MemoryLeakSuspected'), value: 1 },
      ],
    },
    {
      name: 'ten seconds without a scrape at half of the limit: told before 80 %, and the gap itself is not taken for a death',
      recording: gap,
      expectations: [
        { at_seconds: reaches(recording, 0.8), expression: firing('MemoryLeakSuspected'), value: 1 },
        { at_seconds: reaches(recording, 0.8), expression: firing('ServiceDied'), value: 0 },
      ],
    },
    {
      name: 'nothing is scraped: it is told after ten seconds, and nothing else',
      recording: without(recording, (index) => index >= recording.loaded),
      expectations: [
        { at_seconds: (recording.loaded + 4) * 2, expression: firing('ScrapeMissing'), value: 0 },
        { at_seconds: (recording.loaded + 7) * 2, expression: firing('ScrapeMissing'), value: 1 },
        { at_seconds: diesAt(recording) - 4, expression: firing(memoryAlerts), value: 0 },
      ],
    },
    {
      name: 'the target is not even in the configuration: it is told',
      recording: { ...recording, series: {} },
      expectations: [{ at_seconds: 20, expression: firing('ScrapeMissing'), value: 1 }],
    },
  ];
}

function restarts(): Case[] {
  const recording = readRecording('history');
  const lasts_seconds = seriesOf(recording, 'up').length * recording.interval_seconds;
  const healthy = readRecording('load-step');
  const half = Math.floor(seriesOf(healthy, 'up').length / 2);
  const restarted = restartedAt(healthy, half, 60);
  return [
    {
      name: 'a leak that comes back after its kill is told as early as the first time: the fall between is no slope',
      recording: twice(recording),
      expectations: [
        {
          at_seconds: lasts_seconds + reaches(recording, 0.7),
          expression: firing('MemoryLeakSuspected'),
          value: 1,
        },
        {
          at_seconds: lasts_seconds + diesAt(recording) - 20,
          expression: firing('MemoryLimitSoon'),
          value: 1,
        },
      ],
    },
    {
      name: 'a restart of a healthy service is told as such, for a minute, and as nothing else',
      recording: restarted,
      expectations: [
        { at_seconds: half * 2 + 4, expression: firing('ServiceDied'), value: 1 },
        { at_seconds: half * 2 + 66, expression: firing('ServiceDied'), value: 0 },
        { at_seconds: half * 2 + 66, expression: everFired(memoryAlerts, half * 2 + 66), value: 0 },
      ],
    },
  ];
}

export const cases = (): Case[] => [
  ...leaks.map(leakCase),
  keysCase(),
  ...[...controls, ...twins].map(controlCase),
  ...lateNotes(),
  ...slower(),
  outsideOfTheHeap(),
  ...missingSamples(),
  ...restarts(),
];
