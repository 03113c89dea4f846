import { bodyOf, type Drive, usualDrive } from '@leak-lab/workload';
import { chooseLimit } from '../../packages/lab/src/memory-limit/choose.ts';
import type { MemoryLimit } from '../../packages/lab/src/memory-limit/memory-limit.ts';
import { Sender, type Shot } from '../../packages/lab/src/stress/sender.ts';
import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import { type RunningService, startLeakyService, startUpstream } from '../support/processes.ts';
import { startValkey } from '../support/valkey.ts';
import type { Subject } from './subject.ts';

const limit_bytes = 256 * 2 ** 20;
/** So slow that jobs which wait for the upstream have hardly begun to be worked off when a measurement is over. */
const slow_ms = 3_000;
/** Answers that nobody reads are to have come before memory is read. */
const quick_ms = 5;

/** What is written with an end has met it when a rest is over. */
const shortSessions = { SESSION_SECONDS: '1' };

/** The service in 256 MB as `./lab up` starts it, with its upstream, one subject switched on. */
export interface ServiceUnderProof {
  readonly service: RunningService;
  readonly limit: MemoryLimit;
  /** What to send so that the subject has something to do. */
  readonly drive: Drive;
  end(): Promise<void>;
}

/** How the subject is switched on; what is left out is the subject's own. */
export interface Switch {
  readonly bytes_per_request?: number | undefined;
  readonly one_in?: number | undefined;
  readonly preset?: string;
}

/**
 * Starts the service and its upstream and switches the subject on, after `warmUp` requests for it, by which the service has
 * compiled what it needs.
 */
export async function startUnderProof(
  { id, kind }: Subject,
  on: Switch,
  warmUp = 0,
): Promise<ServiceUnderProof> {
  const limit = chooseLimit(limit_bytes);
  const leak = catalogue.find((line) => line.id === id);
  const [upstream, valkey] = await Promise.all([
    startUpstream(),
    leak?.memory === 'remote' ? startValkey({ maxmemory_bytes: limit_bytes }) : undefined,
  ]);
  const where = { UPSTREAM_URL: upstream.url, ...(valkey && { VALKEY_URL: valkey.url, ...shortSessions }) };
  const service = await startLeakyService({
    env: { ...where, LOG_LEVEL: 'warn', ...strings(limit.environment) },
    nodeFlags: limit.node_flags,
    wrap: (command) => limit.wrap(command),
  });
  const end = async (): Promise<void> => {
    await Promise.all([service.stop(), upstream.stop(), valkey?.stop()]);
    limit.remove();
  };
  if (leak === undefined) return { service, limit, drive: usualDrive, end };
  try {
    const latency_ms = leak.unit === 'connection' ? quick_ms : slow_ms;
    await post(`${service.url}/admin/upstream`, { latency_ms });
    const sender = new Sender(shotOf(service.url, leak.drive), { workers: 4 });
    await sender.send(warmUp);
    sender.close();
    // Who measures has garbage collected first; from then on V8 keeps the code of the start.
    await post(`${service.url}/admin/gc`);
    const variant = kind === 'twin' ? 'fixed' : 'leaky';
    await post(`${service.url}/admin/leaks/${leak.id}`, { enabled: true, variant, ...on });
  } catch (error) {
    await end();
    throw error;
  }
  return { service, limit, drive: leak.drive, end };
}

/** The request that a drive describes, to this service. */
export function shotOf(url: string, { method, path, body }: Drive): Shot {
  if (body === undefined) return { url: url + path, method };
  return { url: url + path, method, body: Buffer.from(bodyOf(body)), content_type: 'application/json' };
}

async function post(url: string, json: object = {}): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(json) });
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
}

const strings = (environment: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
