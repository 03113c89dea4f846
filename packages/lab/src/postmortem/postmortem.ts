import type { Death, Estimate } from '../../../../services/console/src/api/contract.ts';
import type { EngineKnowledge } from '../docker/engine-knowledge.ts';
import { causeInWords, type EndedBy } from '../supervisor/cause-of-death.ts';
import { formatMegabytes, mebibyte_bytes } from '../text/bytes.ts';
import { formatSeconds } from '../text/duration.ts';

/** One death with all that is known of it: what `--json` prints. */
export interface Postmortem {
  readonly death: Death;
  /** On Docker, where the engine still remembers; else `null`. */
  readonly engine: EngineKnowledge | null;
}

/** A part of the report: facts with their labels, and tables. */
export interface Section {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly code?: readonly string[];
}

const none = '–';
const rows_at_most = 7;

/** The report, before it is set as plain text or as Markdown. */
export function sectionsOf({ death, engine }: Postmortem): Section[] {
  return [ending(death, engine), growth(death), minuteBefore(death), lines(death), atTheEnd(death)].filter(
    ({ facts, table, code }) => facts.length > 0 || (table?.rows.length ?? 0) > 0 || (code?.length ?? 0) > 0,
  );
}

export function titleOf({ death }: Postmortem): string {
  const when = new Date(death.time_ms).toISOString();
  return `Death ${death.id} of the service, ${when.slice(0, 10)} ${when.slice(11, 19)} UTC`;
}

function ending(death: Death, engine: EngineKnowledge | null): Section {
  const { signal, exit_status, last_usage_bytes: last, limit_bytes: limit, uptime_seconds } = death;
  const { ended_by, known_by } = verdictOf(death, engine);
  const exit = exit_status ?? engine?.exit_code ?? null;
  return {
    title: 'How it ended',
    facts: [
      ['ended by', ended_by],
      ['known by', known_by],
      ...(exit === null ? [] : [['exit', `${exit}${signal === null ? '' : ` (${signal})`}`] as const]),
      [
        'process',
        `${death.pid}${uptime_seconds === null ? '' : `, up for ${formatSeconds(uptime_seconds)}`}`,
      ],
      ...(last === null
        ? []
        : [
            [
              'memory',
              `${formatMegabytes(last)}${limit === null ? '' : ` of ${formatMegabytes(limit)}`} at the last reading`,
            ] as const,
          ]),
      ...engineFacts(engine),
    ],
  };
}

/** The console infers on Docker; the engine knows. */
function verdictOf(
  death: Death,
  engine: EngineKnowledge | null,
): { readonly ended_by: string; readonly known_by: string } {
  const words = (ended_by: Death['ended_by']) =>
    ended_by === 'unknown' ? 'not known' : causeInWords(ended_by as EndedBy);
  if (engine?.oom_killed && engine.exit_code === 137)
    return {
      ended_by: causeInWords('kernel-oom-kill'),
      known_by: `the engine saw it: out of memory, exit 137; the console: ${death.known_by}`,
    };
  return { ended_by: words(death.ended_by), known_by: death.known_by };
}

function engineFacts(engine: EngineKnowledge | null): (readonly [string, string])[] {
  if (engine === null) return [];
  const told = engine.oom_killed === null ? 'not told any more' : String(engine.oom_killed);
  const events = engine.events.map(
    ({ action, exit_code, time_ms }) =>
      `${action}${exit_code === null ? '' : ` ${exit_code}`} ${new Date(time_ms).toISOString().slice(11, 23)}`,
  );
  return [
    [
      'engine',
      `container ${engine.container}: exit ${engine.exit_code ?? 'not told any more'}, OOMKilled ${told}`,
    ],
    [
      'events',
      events.length === 0 ? 'none in the engine’s memory: it keeps its last 256' : events.join(', '),
    ],
  ];
}

function growth({ bytes_per_second, bytes_per_request, leaks }: Death): Section {
  const on = leaks?.filter(({ enabled }) => enabled).map(({ id }) => id) ?? [];
  const facts: (readonly [string, string])[] = [];
  if (bytes_per_second !== null)
    facts.push([
      'a second',
      interval(bytes_per_second, (bytes) => `${(bytes / mebibyte_bytes).toFixed(2)} MB`),
    ]);
  if (bytes_per_request !== null)
    facts.push([
      'a request',
      interval(bytes_per_request, (bytes) => `${Math.round(bytes).toLocaleString('en')} bytes`),
    ]);
  if (leaks !== undefined) facts.push(['leaks on', on.length === 0 ? 'none' : on.join(', ')]);
  return { title: 'How it grew', facts };
}

const interval = ({ low, value, high }: Estimate, write: (value: number) => string) =>
  `${write(value)} (95 %: ${write(low)} to ${write(high)})`;

function minuteBefore({ samples, time_ms, events }: Death): Section {
  const { columns } = samples;
  const times = columns.time_ms;
  const step = Math.max(1, Math.ceil(times.length / rows_at_most));
  // Counted from the end: the last reading is the one that matters most.
  const chosen = times.flatMap((_, index) => ((times.length - 1 - index) % step === 0 ? [index] : []));
  const megabytes = (value: number | null | undefined) =>
    value === null || value === undefined ? none : (value / mebibyte_bytes).toFixed(0);
  const milliseconds = (seconds: number | null | undefined) => (seconds == null ? null : seconds * 1000);
  const number = (value: number | null | undefined, digits = 0) => value?.toFixed(digits) ?? none;
  return {
    title: 'The minute before',
    facts: events.map(
      ({ time_ms: at, title }) => [`${((at - time_ms) / 1000).toFixed(0)} s`, title] as const,
    ),
    table: {
      head: ['s', 'memory MB', 'heap MB', 'requests/s', 'in flight', 'GC ms/s'],
      rows: chosen.map((index) => [
        number(((times[index] ?? 0) - time_ms) / 1000),
        megabytes(columns.usage_bytes[index]),
        megabytes(columns.heap_used_bytes[index]),
        number(columns.requests_per_second[index]),
        number(columns.in_flight[index]),
        number(milliseconds(columns.gc_seconds_per_second[index])),
      ]),
    },
  };
}

function lines({ allocations }: Death): Section {
  return {
    title: 'What grew, by line',
    facts: [],
    table: {
      head: ['location', 'grew MB', 'holds MB'],
      rows: (allocations?.growing ?? [])
        .slice(0, 5)
        .map(({ location, growth_bytes, size_bytes }) => [
          location,
          (growth_bytes / mebibyte_bytes).toFixed(1),
          (size_bytes / mebibyte_bytes).toFixed(1),
        ]),
    },
  };
}

function atTheEnd({ in_flight, report }: Death): Section {
  const requests = in_flight
    .slice(0, 5)
    .map(({ method, path, age_seconds }) => `${method} ${path} (for ${formatSeconds(age_seconds)})`);
  return {
    title: 'At the end',
    facts: [
      ...(requests.length === 0 ? [] : [['in flight', requests.join(', ')] as const]),
      ...(report === null ? [] : [['V8’s report', `${report.file} (${report.trigger})`] as const]),
    ],
    code: report?.javascript_stack ?? [],
  };
}
