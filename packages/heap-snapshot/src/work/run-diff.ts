import { inferShapes, type Shape } from '../classes/shapes.ts';
import { type Numbered, numberedBy } from '../classes/summed.ts';
import { GraphMemory, newGraphMemory } from '../graph/graph-room.ts';
import { Scanner } from '../read/scanner.ts';
import type { Progress, SnapshotDiff } from '../types.ts';
import { compare, type DiffJobOptions, type Elsewhere, type LastSnapshot } from './diff-job.ts';
import { startEarlierThread } from './earlier-thread.ts';
import { type Laid, type LaidEdges, layAside, layEdgesAside, takeUp } from './lay-aside.ts';
import { type Earlier, earlierBy, type Prepared, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';
import type { WorkSource } from './sources.ts';
import { waysJobOf } from './ways-job.ts';

/** So many times as long as reading took, the earlier snapshot's memory is waited for; its thread may have ended. */
const patience = 4;

/**
 * Prepares all snapshots and compares them. The last one is prepared here; those before it in a second thread at
 * the same time, which then looks for the last one's shortest ways; or, `oneByOne`, here before it.
 */
export async function runDiff(
  sources: readonly WorkSource[],
  options: DiffJobOptions,
  oneByOne: boolean,
  onProgress: (progress: Progress) => void,
): Promise<SnapshotDiff> {
  const { classesOnly, shapes } = options;
  const early = sources.slice(0, -1);
  const lastSource = sources.at(-1) as WorkSource;
  const prepareOptions = { classesOnly, shapes, keepGraph: false };
  const last = early.length;
  const lastProgress = progressOf(last, onProgress);
  const lastOptions = { ...prepareOptions, keepGraph: !classesOnly };
  if (oneByOne) {
    const laid: Laid[] = [];
    let laidEdges: LaidEdges | undefined;
    const scanner = new Scanner();
    let graphMemory = new GraphMemory();
    try {
      const prepared = early.map((source, index): Prepared | Laid => {
        const { info, digest, facts } = prepare(source, prepareOptions, progressOf(index, onProgress), {
          scanner,
          graphMemory,
          keepsEdges: false,
        });
        const aside = layAside({ info, digest, facts });
        if (aside) laid.push(aside);
        else graphMemory = new GraphMemory();
        return aside ?? { info, digest, facts };
      });
      const own = prepare(lastSource, lastOptions, lastProgress, {
        edgeMemory: 'apart',
        graphMemory,
        keepsEdges: false,
        scanner,
        onIdleEdges({ edges }) {
          laidEdges = edges && layEdgesAside(edges);
        },
      });
      const taken = takeUp(laid, own.scratch);
      const shapesOfLast = shapesOf(own.facts);
      return await finish(
        prepared.map((each) =>
          earlierBy(shapesOfLast, 'restore' in each ? (taken.shift() as Prepared) : each),
        ),
        { ...own, numbered: numberedBy(shapesOfLast, own.facts) },
        { edges: laidEdges },
      );
    } finally {
      for (const each of laid) each.remove();
      laidEdges?.remove();
    }
  }
  const memory = classesOnly ? undefined : newGraphMemory();
  const beside = startEarlierThread(early, prepareOptions, memory, onProgress);
  const started_ms = performance.now();
  try {
    let numbered: Numbered | undefined;
    const own = prepare(lastSource, lastOptions, lastProgress, {
      edgeMemory: 'shared',
      graphMemory: new GraphMemory(memory),
      onFacts(facts) {
        const shapesOfLast = shapesOf(facts);
        beside.tellShapes(shapesOfLast);
        numbered = numberedBy(shapesOfLast, facts);
      },
      onBeforeSlots(room) {
        if (room.memory !== memory) return;
        const part = beside.handOver.take(patience * (performance.now() - started_ms));
        if (part) room.moveSlots(part.begin, part.end);
      },
    });
    const ways = classesOnly ? undefined : beside.findWays(waysJobOf(own.snapshot));
    const last = { ...own, numbered: numbered as Numbered };
    return await finish(await beside.prepared, last, { ways });
  } finally {
    beside.end();
  }

  function shapesOf(facts: Prepared['facts']): readonly Shape[] {
    return shapes ? inferShapes(facts.values()) : [];
  }

  async function finish(
    earlier: readonly Earlier[],
    own: LastSnapshot,
    elsewhere: Elsewhere,
  ): Promise<SnapshotDiff> {
    try {
      const diff = await compare(earlier, own, options, lastProgress, elsewhere);
      // Paths were read from it since; without them it is closed already.
      if (!classesOnly) own.snapshot.file.checkUnchanged();
      return diff;
    } finally {
      own.snapshot.file.close();
    }
  }
}
