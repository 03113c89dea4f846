import { type Drive, driveFor } from '@leak-lab/workload';
import type { LabClient } from '../lab-client.ts';
import type { RunningLab } from '../running-lab.ts';
import { httpUrl, type StressOptions, type Wanted } from './options.ts';
import { type Payload, payloadOf } from './payload.ts';
import { refused } from './refused.ts';

/** Where requests go and what they bring. */
export interface Target {
  readonly url: URL;
  readonly method: string;
  readonly payload: Payload | undefined;
  /** The lab's own service, where it is that. */
  readonly lab: LabClient | undefined;
  readonly requests: number;
  readonly workers: number;
}

const usual = { requests: 5_000, workers: 10 };
/** Of what is sent rarely, as reloads are, each takes long and leaves much: a few, one after the other. */
const rarely = { requests: 16, workers: 1 };
const rare_per_second = 10;
const ingestPath = '/api/ingest';

/**
 * What to send where: to the lab's service what the leaks that are on grow by, to another server a request for its URL.
 * Throws a `LabError` where the URL, the path or the payload is none, or where the lab does not run.
 */
export async function targetOf(
  address: string | undefined,
  { path, payload: payloadName }: Pick<StressOptions, 'path' | 'payload'>,
  { method, requests, workers }: Wanted,
  { client }: Pick<RunningLab, 'client'>,
): Promise<Target> {
  const url = httpUrl(address ?? client.url, 'The URL');
  const lab = url.origin === new URL(client.url).origin ? client : undefined;
  const isBare = url.pathname === '/' && url.search === '';
  const drive = lab !== undefined && isBare ? await driveOfLab(lab) : undefined;
  const chosen = payloadName ?? (path === undefined && method === undefined ? drive?.body : undefined);
  const payload = chosen === undefined ? undefined : payloadOf(chosen);
  const ownPath = drive && (payloadName === undefined ? drive.path : ingestPath);
  const ownMethod = payload === undefined && path === undefined ? drive?.method : undefined;
  const isOwn = path === undefined && payloadName === undefined;
  const isRare = isOwn && drive !== undefined && drive.rate_per_second <= rare_per_second;
  const amount = isRare ? rarely : usual;
  return {
    url: withPath(url, path ?? ownPath),
    method: method ?? ownMethod ?? (payload === undefined ? 'GET' : 'POST'),
    payload,
    lab,
    requests: requests ?? amount.requests,
    workers: workers ?? amount.workers,
  };
}

/** A blind lab does not tell what is on: then the usual. */
async function driveOfLab(lab: LabClient): Promise<Drive> {
  await lab.health();
  const states = await lab.leaks().catch(() => []);
  return driveFor(states.filter(({ enabled }) => enabled).map(({ drive }) => drive));
}

function withPath(url: URL, path: string | undefined): URL {
  if (path === undefined) return url;
  const whole = path.startsWith('/') ? URL.parse(path, url) : null;
  if (whole !== null && whole.origin === url.origin) return whole;
  throw refused({
    problem: 'The path leads elsewhere.',
    expected: 'a path that begins with one /, as /api/data',
    came: JSON.stringify(path),
    advice: './lab stress http://localhost:3000 --path /api/data',
  });
}
