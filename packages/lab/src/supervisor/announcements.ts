import { limitInWords } from '../memory-limit/choose.ts';
import type { LimitDescription } from '../memory-limit/memory-limit.ts';
import type { Death } from '../state/deaths.ts';
import type { LabState } from '../state/lab-state.ts';
import { formatMegabytes } from '../text/bytes.ts';
import { formatSeconds } from '../text/duration.ts';
import { valkeyAdvice } from '../valkey/choose.ts';
import { causeInWords } from './cause-of-death.ts';
import type { PageOutcome } from './page.ts';
import type { LimitChange } from './raised-limit.ts';

/** The limit, who keeps it, and why so. */
export function announceLimit({ kind, limit_bytes, cgroup_directory, reason }: LimitDescription): string {
  const place = cgroup_directory === undefined ? '' : `\n            ${cgroup_directory}`;
  return `  memory    ${formatMegabytes(limit_bytes)}, ${limitInWords(kind)}\n            because ${reason}${place}`;
}

/** A death: what, when, how it is known, and what comes next. */
export function announceDeath(death: Death, number: number, next_start_ms: number): string {
  const { program, time, uptime_seconds, signal, exit_status, last_memory_bytes: last } = death;
  const limit = death.memory_limit_bytes;
  const reading =
    last === null
      ? ''
      : `\n    memory    ${formatMegabytes(last)}${limit === null ? '' : ` of ${formatMegabytes(limit)}`} at the last reading`;
  return [
    `✗ The ${program} died at ${time.slice(11, 19)} UTC after ${formatSeconds(uptime_seconds)}: ${causeInWords(death.ended_by)}.`,
    `    exit      ${exit_status}${signal === null ? '' : ` (${signal})`}${reading}`,
    `    known by  ${death.evidence}`,
    `    next      it is started again in ${formatSeconds(next_start_ms / 1000)} (death ${number} of this run)`,
  ].join('\n');
}

/** The lab as it stands when the service answers for the first time. */
export function announceReady(
  { service, upstream, console, valkey, limit, heap_limit_mb, leaks }: LabState,
  after_seconds: number,
  consoleAnswers: boolean,
): string {
  return [
    `✓ Leak Lab runs, ready after ${formatSeconds(after_seconds)}.`,
    `  service   ${service.url} (process ${service.process?.pid})`,
    consoleAnswers
      ? `  console   ${console.url}  ← the page: what grows, why it died`
      : `  console   ${console.url} does not answer yet: ./lab logs console`,
    `  upstream  ${upstream.url} (process ${upstream.process?.pid})`,
    announceValkey(valkey),
    announceLimit(limit),
    ...(heap_limit_mb === undefined
      ? []
      : [`  heap      ${heap_limit_mb} MB: V8 ends the service before the limit does`]),
    ...(leaks === '' ? [] : [`  leaks     ${leaks}: on now, and on again after each death`]),
  ].join('\n');
}

/** Where the Valkey is, or how to get one. */
export function announceValkey(valkey: LabState['valkey']): string {
  if (valkey === undefined) return `  valkey    none was found: ${valkeyAdvice}`;
  if (!('process' in valkey)) return `  valkey    ${valkey.url}, as VALKEY_URL says`;
  return `  valkey    ${valkey.url} (process ${valkey.process?.pid})`;
}

/** A limit that was raised for a snapshot, or is lowered again. */
export function announceLimitChange({ from_bytes, to_bytes, restored, reason }: LimitChange): string {
  const [from, to] = [formatMegabytes(from_bytes), formatMegabytes(to_bytes)];
  if (reason === 'a capture') return `! The memory limit is raised from ${from} to ${to}, for a snapshot.`;
  if (restored) return `✓ The memory limit is ${to} again (${reason}).`;
  return `! The memory limit is lowered from ${from} to ${to}; more is in use than the limit it had before.`;
}

/** What became of the page, where that is worth a word. */
export function announcePage(page: PageOutcome): string[] {
  if (page.kind === 'fresh') return [];
  if (page.kind === 'built') return [`The console's page was built in ${formatSeconds(page.seconds)}.`];
  return [`! The console's page could not be built; the console answers without it.\n    ${page.reason}`];
}
