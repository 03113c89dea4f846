import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCgroup } from '../../../packages/lab/src/memory-limit/cgroup.ts';
import type { MemoryLimit } from '../../../packages/lab/src/memory-limit/memory-limit.ts';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { post, sendRequests } from './load.ts';

/** One snapshot asked for at a random moment of a leak under a limit, and what came of it. */
export interface Trial {
  readonly leak: string;
  readonly entries: number;
  /** The leak itself ended the service before a snapshot was asked for. */
  readonly ended_before: boolean;
  readonly fits: boolean;
  /** Whether the process outlived the snapshot: as it was allowed or, where it was refused, forced. */
  readonly survived: boolean;
  readonly live_mb: number;
  readonly estimated_mb: number;
  readonly available_mb: number;
  /** Whether an earlier snapshot had been taken in the same process. */
  readonly second: boolean;
  /** Names in the directory afterwards that are not whole snapshots. */
  readonly litter: readonly string[];
}

export interface TrialOptions {
  readonly leak: string;
  readonly entries: number;
  readonly limit_bytes: number;
  readonly upstreamUrl: string;
  /** Requests answered when a first snapshot is taken; none where it is not said. */
  readonly firstAt?: number | undefined;
}

const megabytes = (bytes: unknown) => Math.round((Number(bytes) / 2 ** 20) * 10) / 10;

export async function tryGuard(options: TrialOptions): Promise<Trial> {
  const attempt = makeCgroup(options.limit_bytes);
  if ('refused' in attempt) throw new Error(`Expected a memory cgroup for this test: ${attempt.refused}.`);
  const directory = mkdtempSync(join(tmpdir(), 'snapshots-'));
  try {
    return await tryWithin(attempt.limit, directory, options);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    attempt.limit.remove();
  }
}

async function tryWithin(limit: MemoryLimit, directory: string, options: TrialOptions): Promise<Trial> {
  const { leak, entries, upstreamUrl, firstAt } = options;
  const service = await startLeakyService({
    env: { SNAPSHOT_DIRECTORY: directory, UPSTREAM_URL: upstreamUrl, LOG_LEVEL: 'silent' },
    wrap: limit.wrap,
  });
  const exited = new Promise<void>((resolve) => service.child.once('exit', () => resolve()));
  const trial = { leak, entries, second: firstAt !== undefined };
  try {
    await post(service.url, `/admin/leaks/${leak}`, { enabled: true });
    if (firstAt !== undefined) {
      await sendRequests(service.url, firstAt);
      await snapshot(service, false);
    }
    const more = entries - (firstAt ?? 0);
    const loaded = await sendRequests(service.url, more).then(
      () => true,
      () => false,
    );
    if (!loaded) return { ...trial, ...ended };
    const asked = await snapshot(service, false);
    if (asked === 'died') return { ...trial, ...figures(undefined), fits: true, survived: false, litter: [] };
    const fits = asked.status === 201;
    const forced = fits ? asked : await snapshot(service, true);
    const word = asked.body.error?.details ?? (await guardOf(service));
    return { ...trial, ...figures(word), fits, survived: forced !== 'died', litter: litterIn(directory) };
  } finally {
    service.child.kill('SIGKILL');
    await exited;
  }
}

const ended = {
  ended_before: true,
  fits: false,
  survived: false,
  live_mb: 0,
  estimated_mb: 0,
  available_mb: 0,
  litter: [],
};

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answer's shape is another test's business
  readonly body: any;
}

async function snapshot(service: RunningService, force: boolean): Promise<Answer | 'died'> {
  try {
    const answer = await fetch(`${service.url}/admin/heap/snapshot`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ force }),
    });
    const body = await answer.json();
    if (answer.status === 429) return await snapshot(service, force);
    if (answer.status !== 201 && answer.status !== 409) throw new Error(JSON.stringify(body));
    return { status: answer.status, body };
  } catch (error) {
    if (error instanceof TypeError) return 'died';
    throw error;
  }
}

const guardOf = async (service: RunningService): Promise<Record<string, unknown>> =>
  (await (await fetch(`${service.url}/admin/heap/guard`)).json()) as Record<string, unknown>;

function figures(word: Record<string, unknown> | undefined) {
  return {
    ended_before: false,
    live_mb: megabytes(word?.['live_heap_bytes']),
    estimated_mb: megabytes(word?.['estimated_cost_bytes']),
    available_mb: megabytes(word?.['available_bytes']),
  };
}

const litterIn = (directory: string) =>
  readdirSync(directory).filter((name) => !/^[^.].*\.heapsnapshot$/.test(name));
