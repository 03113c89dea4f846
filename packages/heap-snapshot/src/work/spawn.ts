import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Progress } from '../types.ts';
import { fromPlain, type Job, type Report } from './messages.ts';

/**
 * The worker's file: a `.ts` in the sources, a `.js` where they have been built. By its folder, as this module may be
 * part of the command's one file.
 */
const workerFile = new URL(`../work/worker${extname(import.meta.url)}`, import.meta.url);

/** Little lives long enough to need more: this is memory that garbage takes until it is collected. */
const youngGeneration_megabytes = 2;

export interface Spawned {
  readonly worker: Worker;
  /** The first report that is no progress. Rejects with what went wrong, or with the signal's reason. */
  readonly first: Promise<Report>;
}

/** Starts a job in a thread of its own; `signal` ends it. */
export function spawn(
  job: Job,
  {
    signal,
    onProgress,
  }: { signal?: AbortSignal | undefined; onProgress?: ((progress: Progress) => void) | undefined },
): Spawned {
  signal?.throwIfAborted();
  const worker = new Worker(workerFile, {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration_megabytes },
  });
  const first = new Promise<Report>((resolve, reject) => {
    const abort = () => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = () => signal?.removeEventListener('abort', abort);
    worker.on('message', (report: Report) => {
      if (report.kind === 'progress') onProgress?.(report.progress);
      else if (report.kind === 'failed') reject(fromPlain(report.error));
      else resolve(report);
      if (report.kind !== 'progress') settle();
    });
    worker.once('error', (error) => {
      settle();
      reject(error);
    });
    worker.once('exit', (code) => {
      settle();
      reject(new Error(`The analysing thread ended early, with code ${code}.`));
    });
  });
  return { worker, first };
}
