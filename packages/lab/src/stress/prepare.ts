import { findLab, type RunningLab } from '../running-lab.ts';
import { parseSeconds } from '../text/duration.ts';
import { allowedAddresses } from './allowed-addresses.ts';
import { chooseReader } from './choose-reader.ts';
import { type MemoryReader, memoryHeld } from './memory-reader.ts';
import { readOptions, type StressOptions, type Wanted } from './options.ts';
import { type Rest, usualIdle } from './procedure.ts';
import { refused } from './refused.ts';
import type { Configuration, StressReport } from './report.ts';
import { mayWrite, readReport } from './report-file.ts';
import { Sender } from './sender.ts';
import { type Target, targetOf } from './target.ts';

/** All that a run needs, each looked at before anything is sent. */
export interface Run {
  readonly options: StressOptions;
  readonly wanted: Wanted;
  readonly lab: RunningLab;
  readonly target: Target;
  readonly reader: MemoryReader;
  readonly sender: Sender;
  readonly idle: Rest;
  readonly signal: AbortSignal;
  readonly before: StressReport | undefined;
}

/** Looks at everything that was asked for. Throws a `LabError` where it cannot be done. */
export async function prepare(
  url: string | undefined,
  options: StressOptions,
  signal: AbortSignal,
): Promise<Run> {
  const wanted = readOptions(options);
  const timeout_seconds = parseSeconds(options.timeout, '--timeout');
  const { readings } = usualIdle;
  const idle = { readings, interval_seconds: parseSeconds(options.idle, '--idle') / readings };
  const before = options.compare === undefined ? undefined : readReport(options.compare);
  if (options.junit !== undefined) mayWrite(options.junit);
  const lab = findLab();
  const target = await targetOf(url, options, wanted, lab);
  const lookup = await allowedAddresses(target.url.hostname, options.remote === true);
  const isHere = options.remote !== true;
  const reader = await chooseReader(target, wanted.readBy, lab, isHere);
  const shot = {
    url: target.url.href,
    method: target.method,
    body: target.payload?.body,
    content_type: target.payload?.content_type,
    lookup,
  };
  const { workers } = target;
  const sender = new Sender(shot, { workers, keepAlive: options.keepAlive, timeout_seconds, signal });
  await mustHaveMemory(reader);
  return { options, wanted, lab, target, reader, sender, idle, signal, before };
}

/** What is going to be done, as it is told. */
export function configurationOf({ options, wanted, target, reader }: Run): Configuration {
  return {
    url: target.url.href,
    method: target.method,
    payload: target.payload?.name ?? null,
    payload_bytes: target.payload?.body.length ?? 0,
    requests: target.requests,
    workers: target.workers,
    keep_alive: options.keepAlive,
    threshold_bytes: wanted.threshold_bytes,
    memory: reader.source,
  };
}

async function mustHaveMemory(reader: MemoryReader): Promise<void> {
  if (memoryHeld(await reader.read()) !== null) return;
  throw refused({
    problem: 'There is no reading of memory.',
    expected: reader.source,
    came: 'an answer without it',
    advice: 'read it otherwise: --pid N, --container NAME or --metrics URL',
  });
}
