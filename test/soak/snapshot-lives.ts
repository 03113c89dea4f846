import autocannon from 'autocannon';
import { expect } from 'vitest';
import type { ServiceMemory } from '../../packages/lab/src/lab-client.ts';
import { untilAnswer } from '../embedded/support/lab-command.ts';
import { heapLeaks } from '../support/leaks.ts';
import { writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const megabyte = 2 ** 20;

/** The service somewhere: as processes or on Docker. */
export interface SnapshotHost {
  readonly name: 'embedded' | 'docker';
  /** Requests a second; what it can take. */
  readonly rate: number;
  /** A service that has just started. */
  begin(): Promise<string>;
  end(): Promise<void>;
  /** Whether a capture had begun and was cut off: its file is there under its passing name. */
  hasBegunOne(): Promise<boolean>;
  /** Snapshots on the shared volume under their own name that are not whole. */
  halfSnapshots(): Promise<string[]>;
}

/** One snapshot that was asked for, without the limit raised. */
export interface Asked {
  readonly leak: string;
  readonly outcome: 'taken' | 'refused' | 'died of it' | 'the leak was first' | 'taken, then the leak';
  readonly live_heap_mb: number;
  readonly usage_mb: number;
  /** Where it was refused: what became of the service when it was forced a moment later. */
  readonly forced: 'died' | 'survived' | null;
  /** Where it was refused: what the guard said was missing. */
  readonly short_mb: number | null;
}

/** Between a fresh service and its kill; a leak climbs steadily, so this is uniform in time too. */
const [least_mb, most_mb] = [60, 252];
const most_a_life = 3;
/** Three times the default: more of the same orders, so the climb is as steep for objects as for bytes. */
const bytes_per_request = 49_152;

/**
 * Asks for snapshots at random moments of leaks until there are as many as wanted. Each refusal is repeated with
 * force in the same process a moment later, the load still on: it would have died.
 */
export async function askAtRandomMoments(host: SnapshotHost, wanted = 200): Promise<void> {
  const trials = new Trials<Asked>(`snapshots-${host.name}`, wanted);
  while (trials.goesOn) {
    const leak = heapLeaks[trials.done.length % heapLeaks.length]?.id ?? 'cache';
    for (const asked of await oneLife(host, leak)) trials.add(asked);
    expect(await host.halfSnapshots()).toEqual([]);
    await host.end();
  }
  const done = trials.complete();
  writeRows(host.name, done);
  expect(done.filter(({ outcome }) => outcome === 'died of it')).toEqual([]);
  const refused = done.filter(({ forced }) => forced !== null);
  const died = refused.filter(({ forced }) => forced === 'died').length;
  expect(died / Math.max(1, refused.length)).toBeGreaterThanOrEqual(0.9);
}

async function oneLife(host: SnapshotHost, leak: string): Promise<Asked[]> {
  const url = await host.begin();
  const life = new ServiceLife(url);
  await life.post(`/admin/leaks/${leak}`, { enabled: true, bytes_per_request });
  const load = autocannon({ url: `${url}/api/data`, connections: 20, overallRate: host.rate, duration: 300 });
  const asked: Asked[] = [];
  try {
    const count = 1 + Math.floor(Math.random() * most_a_life);
    const moments = Array.from({ length: count }, () => least_mb + Math.random() * (most_mb - least_mb));
    for (const moment_mb of moments.toSorted((a, b) => a - b)) {
      const memory = await life.untilUses(moment_mb * megabyte);
      if (memory === undefined) break;
      const one = await askOnce(host, life, leak, memory);
      asked.push(one);
      if (one.outcome !== 'taken') break;
    }
  } finally {
    (load as unknown as { stop(): void }).stop();
    await load;
  }
  return asked;
}

async function askOnce(
  host: SnapshotHost,
  life: ServiceLife,
  leak: string,
  { process, container }: ServiceMemory,
): Promise<Asked> {
  const known = {
    leak,
    live_heap_mb: Math.round(process.heap_used_bytes / megabyte),
    usage_mb: Math.round((container?.working_set_bytes ?? 0) / megabyte),
    forced: null,
    short_mb: null,
  };
  const { status, short_mb } = await life.snapshot(false);
  if (status === 201) {
    // It outlived the capture. What it dies of after the leak is off is not the leak.
    const isOff = (await life.post(`/admin/leaks/${leak}`, { enabled: false })) === 200;
    const outcome = (await life.goesOn()) ? 'taken' : isOff ? 'died of it' : 'taken, then the leak';
    await life.post(`/admin/leaks/${leak}`, { enabled: true, bytes_per_request });
    return { ...known, outcome };
  }
  if (status !== 409) {
    const begun = await host.hasBegunOne();
    if (await life.goesOn()) throw new Error(`POST /admin/heap/snapshot: expected 201 or 409, got ${status}`);
    return { ...known, outcome: begun ? 'died of it' : 'the leak was first' };
  }
  const forced = (await life.snapshot(true)).status === 201 && (await life.goesOn()) ? 'survived' : 'died';
  return { ...known, outcome: 'refused', forced, short_mb };
}

/** One process of the service: as long as it counts its uptime from the same moment. */
class ServiceLife {
  readonly url: string;
  readonly #begun = performance.now();

  constructor(url: string) {
    this.url = url;
  }

  /**
   * Whether it is still the same process; one that captures does not answer for some seconds. The same one began
   * before this life was looked at, so it is older than that when asked; another one began since.
   */
  async goesOn(): Promise<boolean> {
    let asked = 0;
    const { uptime_seconds } = await untilAnswer('an answer of the service', async () => {
      asked = performance.now();
      return (await fetch(`${this.url}/health`)).json() as Promise<{ uptime_seconds: number }>;
    });
    return uptime_seconds * 1000 >= asked - this.#begun;
  }

  /**
   * What it uses when it is so much; `undefined` when the process was gone before. The guard is not asked: it collects
   * garbage before it speaks, and so would make the moment another one.
   */
  async untilUses(bytes: number): Promise<ServiceMemory | undefined> {
    for (;;) {
      const memory = await fetch(`${this.url}/admin/memory`)
        .then((answer) => answer.json() as Promise<ServiceMemory>)
        .catch(() => undefined);
      if (memory === undefined) return undefined;
      if ((memory.container?.working_set_bytes ?? 0) >= bytes) return memory;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async snapshot(force: boolean): Promise<{ readonly status: number; readonly short_mb: number | null }> {
    const { status, body } = await this.#send('/admin/heap/snapshot', { force });
    if (status !== 409) return { status, short_mb: null };
    const { details } = (JSON.parse(body) as { error: { details: Record<string, number> } }).error;
    const short_bytes = (details['estimated_cost_bytes'] ?? 0) - (details['available_bytes'] ?? 0);
    return { status, short_mb: Math.round(short_bytes / megabyte) };
  }

  /** The answer's status; 0 where none came. */
  async post(path: string, body: object): Promise<number> {
    return (await this.#send(path, body)).status;
  }

  async #send(path: string, body: object): Promise<{ readonly status: number; readonly body: string }> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(this.url + path, init).catch(() => undefined);
    return { status: answer?.status ?? 0, body: (await answer?.text().catch(() => '')) ?? '' };
  }
}

function writeRows(name: SnapshotHost['name'], done: readonly Asked[]): void {
  const count = (outcome: Asked['outcome']) => done.filter((asked) => asked.outcome === outcome).length;
  const heaps = (outcome: Asked['outcome']) =>
    done.filter((asked) => asked.outcome === outcome).map(({ live_heap_mb }) => live_heap_mb);
  const forced = done.filter(({ forced }) => forced !== null);
  const died = forced.filter(({ forced }) => forced === 'died').length;
  writeFigures(`snapshots-${name}`, `Snapshots at random moments of a leak, 256 MB, ${name}`, [
    '| what | how many |',
    '|---|---|',
    `| asked for, the limit not raised | ${done.length} |`,
    `| taken | ${count('taken')}, up to ${Math.max(0, ...heaps('taken'))} MB of live heap |`,
    `| refused by the guard | ${count('refused')}, from ${Math.min(...heaps('refused'))} MB of live heap |`,
    `| ended by the leak in the moment of asking | ${count('the leak was first')} |`,
    `| taken and whole, then ended by the leak before it was switched off | ${count('taken, then the leak')} |`,
    `| **died of a snapshot that was not forced** | **${count('died of it')}** |`,
    `| refused, then forced in the same process: died | ${died} of ${forced.length} (${((100 * died) / Math.max(1, forced.length)).toFixed(0)} %) |`,
  ]);
}
