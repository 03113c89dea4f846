import type { InspectorNotification, NodeTracing } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';
import { collectAsLastResort } from '../memory/gc.ts';
import { type ObjectCounts, readObjectStatistics } from './object-statistics.ts';

/** What V8 counted on its heap while it collected garbage: only what is alive. */
export interface CountedHeap extends ObjectCounts {
  /** Used heap when it was counted. V8 tells the counts in a later turn of the loop, and requests go on meanwhile. */
  readonly live_bytes: number;
}

const category = 'disabled-by-default-v8.gc_stats';
const eventName = 'V8.GC_Objects_Stats';

interface TraceEvent {
  readonly name: string;
  readonly args: { readonly live?: string };
}

/**
 * Collects all garbage and has V8 count what is alive meanwhile, by its own trace category: some 60 ms at 50 MB, and
 * no memory to speak of. A snapshot's cost hangs on these counts and not on bytes. Returns `undefined` where V8 does
 * not tell: another version, or a trace that somebody else has begun.
 */
export function countObjects(): Promise<CountedHeap | undefined> {
  // V8 traces once at a time; who asks meanwhile gets the same answer.
  counting ??= count().finally(() => {
    counting = undefined;
  });
  return counting;
}

let counting: Promise<CountedHeap | undefined> | undefined;

async function count(): Promise<CountedHeap | undefined> {
  const tracing = keptSession();
  const events: TraceEvent[] = [];
  const collect = ({ params }: InspectorNotification<NodeTracing.DataCollectedEventDataType>) => {
    events.push(...(params.value as unknown as TraceEvent[]));
  };
  tracing.on('NodeTracing.dataCollected', collect);
  try {
    const complete = new Promise<void>((resolve) =>
      tracing.once('NodeTracing.tracingComplete', () => resolve()),
    );
    await tracing.post('NodeTracing.start', { traceConfig: { includedCategories: [category] } });
    // Exactly as before the word is given, so that what is more by then is growth.
    collectAsLastResort();
    const live_bytes = getHeapStatistics().used_heap_size;
    await tracing.post('NodeTracing.stop');
    await complete;
    const told = events.findLast(({ name }) => name === eventName)?.args.live;
    return told === undefined ? undefined : { ...readObjectStatistics(JSON.parse(told)), live_bytes };
  } catch {
    return undefined;
  } finally {
    tracing.off('NodeTracing.dataCollected', collect);
  }
}

let session: Session | undefined;

/** Never disconnected: that would make V8 forget the ids of all objects, and no two snapshots could be compared. */
function keptSession(): Session {
  if (session === undefined) {
    session = new Session();
    session.connect();
  }
  return session;
}
