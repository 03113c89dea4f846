import type { Shape } from '../classes/shapes.ts';
import type { ShortestWays } from '../paths/breadth-first.ts';
import type { Progress } from '../types.ts';
import type { SharedMemory } from '../web-assembly.ts';
import { HandOver } from './hand-over.ts';
import type { Report, Request } from './messages.ts';
import type { Earlier, PrepareOptions } from './prepare.ts';
import type { WorkSource } from './sources.ts';
import { spawn } from './spawn.ts';
import type { WaysJob } from './ways-job.ts';

/** A second thread: it prepares the earlier snapshots, and then looks for the last one's shortest ways. */
export interface EarlierThread {
  /** What the earlier graph needs no more of the memory. */
  readonly handOver: HandOver;
  /** Settles when shapes have been told. */
  readonly prepared: Promise<readonly Earlier[]>;
  tellShapes(shapes: readonly Shape[]): void;
  /** Asks for the ways, which are looked for when the earlier snapshots are prepared. */
  findWays(job: WaysJob): Promise<ShortestWays>;
  end(): void;
}

export function startEarlierThread(
  sources: readonly WorkSource[],
  options: PrepareOptions,
  memory: SharedMemory | undefined,
  onProgress: (progress: Progress) => void,
): EarlierThread {
  const handOver = new HandOver();
  const job = { kind: 'prepare', sources, options, memory, handOver: handOver.words } as const;
  const { worker, first } = spawn(job, { onProgress });
  const prepared = first.then((report) => (report as Report & { kind: 'prepared' }).prepared);
  // Its failure is looked at when the other thread's own part is done, or has failed too.
  prepared.catch(() => {});
  const request = (message: Request) => worker.postMessage(message);
  return {
    handOver,
    prepared,
    tellShapes: (shapes) => request({ kind: 'shapes', shapes }),
    findWays(job) {
      const ways = new Promise<ShortestWays>((resolve, reject) => {
        worker.on('message', (report: Report) => {
          if (report.kind === 'ways') resolve(report.ways);
        });
        worker.once('error', reject);
        worker.once('exit', (code) =>
          reject(new Error(`The thread that looks for paths ended early, with code ${code}.`)),
        );
      });
      ways.catch(() => {});
      request({ kind: 'ways', job });
      return ways;
    },
    end: () => void worker.terminate(),
  };
}
