import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue } from '../../../../../services/leaky-service/src/leaks/catalogue.ts';
import {
  type RunningService,
  startLeakyService,
  startUpstream,
} from '../../../../../test/support/processes.ts';
import { takeInto } from './take-into.ts';

/** Requests before the first snapshot, and between the two. */
const requests = { before: 300, between: 500 };

/** Pairs of the lab's service, one for each of its leaks that grows in V8's heap. */
export const leakPairs: readonly string[] = catalogue
  .filter(({ control, memory }) => !control && memory === 'heap')
  .map(({ id }) => `leak-${id}`);

/** Takes both snapshots of the lab's service with one leak on, by the signal that Node itself takes them by. */
export async function makeLeakPair(pair: string): Promise<void> {
  await takeInto(pair, async (folder) => {
    const diagnostics = mkdtempSync(resolve(folder, 'taken-'));
    const upstream = await startUpstream();
    const nodeFlags = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${diagnostics}`];
    const service = await startLeakyService({
      nodeFlags,
      env: { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' },
    });
    try {
      await post(service, `/admin/leaks/${pair.slice('leak-'.length)}`, { enabled: true });
      await drive(service, requests.before);
      await takeSnapshot(service, diagnostics, resolve(folder, 'a.heapsnapshot'));
      await drive(service, requests.between);
      await takeSnapshot(service, diagnostics, resolve(folder, 'b.heapsnapshot'));
    } finally {
      await service.stop();
      await upstream.stop();
      rmSync(diagnostics, { recursive: true, force: true });
    }
  });
}

async function drive({ url }: RunningService, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) await (await fetch(`${url}/api/data?page=${sent}`)).arrayBuffer();
}

async function post({ url }: RunningService, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${path}: expected 200, got ${answer.status} ${await answer.text()}`);
}

/** Node writes the snapshot between two turns of its loop, so it is whole once a later request has been answered. */
async function takeSnapshot(service: RunningService, diagnostics: string, file: string): Promise<void> {
  mkdirSync(diagnostics, { recursive: true });
  service.child.kill('SIGUSR2');
  for (;;) {
    const [taken] = readdirSync(diagnostics);
    await (await fetch(`${service.url}/health`)).arrayBuffer();
    if (taken === undefined) continue;
    renameSync(resolve(diagnostics, taken), file);
    return;
  }
}
