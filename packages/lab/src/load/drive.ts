import { setTimeout as pause } from 'node:timers/promises';
import type { LabClient } from '../lab-client.ts';
import { formatSeconds } from '../text/duration.ts';
import type { Counts, LoadEngine } from './engine.ts';
import { type MemorySample, secondsToLimit } from './estimate.ts';
import { follow, type LifeUnderLoad, type LoadEvent } from './life-log.ts';
import { liveLine } from './live-line.ts';
import { type Bound, lookAt } from './look.ts';

/** Where the live line and the events go. */
export interface Display {
  /** Shown until the next one; what is news is shown at once. */
  live(line: string, isNews?: boolean): void;
  /** Stays. */
  event(line: string): void;
  /** Takes the live line away. */
  end(): void;
}

export interface DriveOptions {
  readonly client: LabClient;
  readonly engine: LoadEngine;
  readonly display: Display;
  readonly duration_seconds: number | undefined;
  readonly bound: Bound;
  readonly stop: AbortSignal;
  /** What ended the service, where the lab's own record tells it. */
  readonly causeOfLastDeath: (pid: number) => string | undefined;
}

/** How a load went. */
export interface LoadSummary extends Counts {
  readonly engine: string;
  readonly seconds: number;
  readonly deaths: readonly (Extract<LoadEvent, { kind: 'died' }> & { readonly cause: string | undefined })[];
  readonly failure: string | undefined;
}

const interval_ms = 1000;

/** Watches a load until its time is over or it is stopped; goes on through deaths of the service. */
export async function drive(options: DriveOptions): Promise<LoadSummary> {
  const { client, engine, display, stop } = options;
  const begun_ms = performance.now();
  const now_seconds = () => (performance.now() - begun_ms) / 1000;
  const deaths: LoadSummary['deaths'][number][] = [];
  let samples: MemorySample[] = [];
  let life: LifeUnderLoad | undefined;
  let seen = false;
  let before = { at_seconds: 0, answered: 0 };
  let failure: string | undefined;
  const over = new AbortController();
  const ended = engine.ended.then((reason) => {
    failure = reason;
    over.abort();
  });
  const either = AbortSignal.any([stop, over.signal]);

  while (!either.aborted && now_seconds() < (options.duration_seconds ?? Number.POSITIVE_INFINITY)) {
    const next_ms = performance.now() + interval_ms;
    const look = await lookAt(client, options.bound);
    const { answered } = await engine.counts();
    const at_seconds = now_seconds();
    const pidBefore = life?.pid;
    const step = follow(life, { at_seconds, answered, service: look.service }, seen);
    life = step.life;
    seen ||= life !== undefined;
    for (const event of step.events) {
      samples = [];
      if (event.kind === 'back')
        display.event(`✓ The service is back (process ${event.pid}); the load goes on.`);
      else {
        const cause = await causeOf(pidBefore, options.causeOfLastDeath);
        deaths.push({ ...event, cause });
        display.event(deathLine(event, cause));
      }
    }
    if (look.used_bytes !== undefined) samples.push({ at_seconds, bytes: look.used_bytes });
    samples = samples.slice(-60);
    const rate_per_second = (answered - before.answered) / Math.max(0.001, at_seconds - before.at_seconds);
    before = { at_seconds, answered };
    const seconds_left =
      look.limit_bytes === undefined ? undefined : secondsToLimit(samples, look.limit_bytes);
    display.live(liveLine({ ...look, answered, rate_per_second, seconds_left }));
    const left_ms = (options.duration_seconds ?? Number.POSITIVE_INFINITY) * 1000 - now_seconds() * 1000;
    await pause(Math.max(0, Math.min(next_ms - performance.now(), left_ms)), undefined, {
      signal: either,
    }).catch(() => undefined);
  }
  const seconds = now_seconds();
  await engine.stop();
  await ended;
  return { engine: engine.name, seconds, ...(await engine.counts()), deaths, failure };
}

/** The supervisor writes a death down some milliseconds after it happened. */
async function causeOf(
  pid: number | undefined,
  ask: DriveOptions['causeOfLastDeath'],
): Promise<string | undefined> {
  if (pid === undefined) return undefined;
  for (let attempt = 0; attempt < 10; attempt++) {
    const cause = ask(pid);
    if (cause !== undefined) return cause;
    await pause(50);
  }
  return undefined;
}

function deathLine(event: Extract<LoadEvent, { kind: 'died' }>, cause: string | undefined): string {
  const when = `after ${event.after_requests.toLocaleString('en')} requests and ${formatSeconds(event.after_seconds)}`;
  return `✗ The service died ${when}${cause === undefined ? '' : `: ${cause}`}.`;
}

/** The summary in lines. */
export function summarize({
  engine,
  seconds,
  answered,
  refused,
  failed,
  deaths,
  failure,
}: LoadSummary): string {
  const count = (value: number) => value.toLocaleString('en');
  return [
    `${count(answered)} requests answered in ${formatSeconds(seconds)} by ${engine} (${Math.round(answered / Math.max(seconds, 0.001))}/s).`,
    `  not 2xx       ${count(refused)}`,
    `  not answered  ${count(failed)}`,
    `  deaths        ${deaths.length}`,
    ...deaths.map(
      (death, index) =>
        `    ${index + 1}. at ${formatSeconds(death.at_seconds)}, after ${count(death.after_requests)} requests and ${formatSeconds(death.after_seconds)}${death.cause === undefined ? '' : `: ${death.cause}`}`,
    ),
    ...(failure === undefined ? [] : [`  the load itself failed: ${failure}`]),
  ].join('\n');
}
