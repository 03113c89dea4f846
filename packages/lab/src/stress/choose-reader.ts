import { execFileSync } from 'node:child_process';
import { openCgroup } from '@leak-lab/cgroup-memory';
import { LabClient } from '../lab-client.ts';
import { LabError } from '../lab-error.ts';
import { findPortHolder } from '../ports/port-holder.ts';
import type { RunningLab } from '../running-lab.ts';
import type { MemoryReader } from './memory-reader.ts';
import type { ReadBy } from './options.ts';
import { containerReader } from './readers/container-reader.ts';
import { labReader } from './readers/lab-reader.ts';
import { isPprof, pprofReader } from './readers/pprof-reader.ts';
import { processReader } from './readers/process-reader.ts';
import { prometheusReader } from './readers/prometheus-reader.ts';
import { refused } from './refused.ts';
import type { Target } from './target.ts';

/**
 * How the memory of a target is read: as was said; else by the lab's admin API, a Go server's heap profile, the process that
 * listens on this machine, or the metrics of the server, whichever there is first. Throws a `LabError` where there is none.
 */
export async function chooseReader(
  { url, lab }: Target,
  readBy: ReadBy | undefined,
  { embedded }: Pick<RunningLab, 'embedded'>,
  isHere: boolean,
): Promise<MemoryReader> {
  if (readBy?.by === 'pid') return processReader(readBy.pid);
  if (readBy?.by === 'container') return containerReader(readBy.name);
  if (readBy?.by === 'metrics')
    return isPprof(readBy.url) ? pprofReader(readBy.url) : prometheusReader(readBy.url);
  if (lab !== undefined) {
    const directory = embedded?.limit.cgroup_directory;
    const cgroup = directory === undefined ? undefined : openCgroup(directory);
    return labReader(lab, { limit_bytes: embedded?.limit.limit_bytes, cgroup });
  }
  const found = (await ofLabElsewhere(url)) ?? (await ofGo(url)) ?? (isHere ? await byPort(url) : undefined);
  const reader = found ?? (await answering(prometheusReader(new URL('/metrics', url).href)));
  if (reader !== undefined) return reader;
  throw refused({
    problem: `Nothing tells the memory of ${url.origin}.`,
    expected: 'a process of this machine that listens there, /metrics, or /debug/pprof/heap',
    came: isHere ? 'no process that this user may see, and no metrics' : 'no metrics',
    advice: 'say where to read it: --pid N, --container NAME or --metrics URL',
  });
}

/** A reader that reads, else nothing. */
async function answering(reader: MemoryReader): Promise<MemoryReader | undefined> {
  return reader.read().then(
    ({ heap_bytes, resident_bytes, used_bytes }) =>
      Number.isFinite(heap_bytes ?? resident_bytes ?? used_bytes) ? reader : undefined,
    () => undefined,
  );
}

const ofLabElsewhere = ({ origin }: URL) => answering(labReader(new LabClient(origin)));
const ofGo = (url: URL) => answering(pprofReader(new URL('/debug/pprof/heap', url).href));

async function byPort(url: URL): Promise<MemoryReader | undefined> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const holder = findPortHolder(port);
  const container =
    holder === undefined || holder.command.includes('docker-proxy') ? publishing(port) : undefined;
  try {
    if (container !== undefined) return await containerReader(container);
    return holder && (await processReader(holder.pid));
  } catch (thrown) {
    if (thrown instanceof LabError) return undefined;
    throw thrown;
  }
}

/** The container that publishes a port, where Docker knows one. */
function publishing(port: number): string | undefined {
  try {
    const args = ['ps', '--filter', `publish=${port}`, '--format', '{{.Names}}'];
    return (
      execFileSync('docker', args, { encoding: 'utf8', timeout: 5_000, stdio: ['ignore', 'pipe', 'ignore'] })
        .split('\n')
        .find(Boolean) ?? undefined
    );
  } catch {
    return undefined;
  }
}
