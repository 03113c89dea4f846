import { placeInWords } from '../lab-client.ts';
import { announceLimit, announceValkey } from '../supervisor/announcements.ts';
import { causeInWords } from '../supervisor/cause-of-death.ts';
import { formatMegabytes } from '../text/bytes.ts';
import { formatSeconds } from '../text/duration.ts';
import type { Status } from './status.ts';

/** The status as a person reads it. */
export function statusInWords(status: Status): string {
  if (status.running === 'no')
    return 'Nothing runs. ./lab up starts the lab; ./lab up --docker the whole stack.';
  return [
    ...head(status),
    ...memory(status),
    ...leaks(status),
    ...incident(status),
    ...deaths(status),
    ...containers(status),
  ].join('\n');
}

function head({ running, healthy, url, embedded, console, patients }: Status): string[] {
  const where =
    running === 'embedded' ? `embedded, supervisor process ${embedded?.supervisor.pid}` : 'on Docker';
  const state = (answers: boolean) => (answers ? 'answers' : 'does not answer now');
  return [
    `Leak Lab runs ${where}.`,
    `  service   ${url} ${state(healthy)}`,
    `  console   ${console.url} ${state(console.answers)}`,
    ...patients.map((one) => `  ${one.name} ${one.url} ${state(one.answers)}`),
    ...(embedded === null ? [] : [announceValkey(embedded.valkey)]),
  ];
}

function memory({ memory, embedded }: Status): string[] {
  const limit = memory?.container?.limit_bytes ?? embedded?.limit.limit_bytes;
  const used = memory?.container?.limit_bytes
    ? memory.container.working_set_bytes
    : memory?.process.rss_bytes;
  const of = limit === undefined ? '' : ` of ${formatMegabytes(limit)}`;
  const now =
    used === undefined
      ? []
      : [
          `  uses      ${formatMegabytes(used)}${of}, up for ${formatSeconds(memory?.process.uptime_seconds ?? 0)}`,
        ];
  if (embedded === null) return now;
  const raised = embedded.limit_raised_to_bytes;
  const until =
    raised === undefined ? [] : [`            raised to ${formatMegabytes(raised)} for a snapshot, for now`];
  return [...now, announceLimit(embedded.limit), ...until];
}

function leaks({ leaks }: Status): string[] {
  if (leaks.length === 0) return [];
  const line = ({ id, enabled, entries, estimated_size_mb, memory }: Status['leaks'][number]) =>
    `    ${id.padEnd(10)} ${enabled ? 'on ' : 'off'}  ${entries.toLocaleString('en')} held, ${estimated_size_mb.toFixed(1)} MB${placeInWords({ memory })}`;
  return ['  leaks', ...leaks.map(line)];
}

function incident({ incident }: Status): string[] {
  if (!incident?.running) return [];
  const since = incident.started_at === null ? '' : ` since ${incident.started_at.slice(11, 19)} UTC`;
  return [`  incident  runs${since}; what it is is for you to find`];
}

function deaths({ deaths }: Status): string[] {
  const last = deaths.at(-1);
  if (last === undefined) return [];
  return [
    `  deaths    ${deaths.length} in this run; the last at ${last.time.slice(11, 19)} UTC: ${last.program}, ${causeInWords(last.ended_by)} (exit ${last.exit_status})`,
  ];
}

function containers({ containers, stack }: Status): string[] {
  if (containers.length === 0) return [];
  const byService = new Map(stack.map((answer) => [answer.service, answer]));
  const row = ({ service, state, health }: Status['containers'][number]) => {
    const answer = byService.get(service);
    const asked =
      answer === undefined
        ? ''
        : answer.answers
          ? `answers at ${answer.asked}`
          : `does not answer at ${answer.asked}`;
    return `    ${service.padEnd(16)} ${state}${health === '' ? '' : `, ${health}`}${asked === '' ? '' : `, ${asked}`}`;
  };
  return ['  containers', ...containers.map(row)];
}
