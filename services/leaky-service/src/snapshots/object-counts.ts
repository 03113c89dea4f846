import type { InspectorNotification, NodeTracing } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';
import { collectAsLastResort } from '../memory/gc.ts';

/** What V8 counted on its heap while it collected garbage: only what is alive. */
export interface CountedHeap extends ObjectCounts {
  /** Used heap when it was counted. V8 tells the counts in a later turn of the loop, and requests go on meanwhile. */
  readonly live_bytes: number;
}

/** What a snapshot's cost hangs on. */
export interface ObjectCounts {
  readonly objects: number;
  /** Places in arrays beyond what objects usually have: references that come on top. */
  readonly references: number;
  /** Letters of strings that a snapshot copies: at most 1,024 of each. */
  readonly text_bytes: number;
  /** Pointers in the longest array or hash table: a snapshot keeps a text of its own for each index. */
  readonly longest_slots: number;
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

/** `V8.GC_Objects_Stats` (V8, `src/heap/object-stats.cc`): sizes are bytes, histograms count objects by size. */
export interface ObjectStatistics {
  /** The upper bound of each bucket of the histograms; what is above the last is in the last. */
  readonly bucket_sizes: readonly number[];
  readonly type_data: Readonly<Record<string, TypeStatistics>>;
}

interface TypeStatistics {
  readonly overall: number;
  readonly count?: number;
  readonly histogram: readonly number[];
}

const pointer_bytes = 8;
/** So many places in arrays for each object are numbers, holes, or counted with the object they point to. */
const usualPlaces = 4;
const longestText_bytes = 1024;
/** Of a collection's table, what points to keys and values: two of each entry's three slots, beside the buckets. */
const pointingShare: Readonly<Record<string, number>> = { JS_COLLECTION_TABLE_TYPE: 2 / 3.5 };
const elements = /^(FIXED_ARRAY|\w*ELEMENTS)_TYPE$/;
/** What holds pointers by index. */
const indexed =
  /^(FIXED_ARRAY|WEAK_ARRAY_LIST|\w*ELEMENTS|\w*DICTIONARY|\w*HASH_(TABLE|MAP|SET)|JS_COLLECTION_TABLE)_TYPE$/;

export function readObjectStatistics(statistics: ObjectStatistics): ObjectCounts {
  const { bucket_sizes, type_data } = statistics;
  let objects = 0;
  let places = 0;
  let text_bytes = 0;
  let longest_slots = 0;
  for (const [name, type] of Object.entries(type_data)) {
    const { count = 0, histogram = [] } = type;
    if (count === 0) continue;
    objects += count;
    if (name.endsWith('STRING_TYPE')) text_bytes += copiedText(type, bucket_sizes);
    if (!indexed.test(name)) continue;
    // Hash tables are half empty, and what they point to is counted as objects.
    if (elements.test(name)) places += type.overall / pointer_bytes;
    const slots = (largestOf(type, histogram, bucket_sizes) / pointer_bytes) * (pointingShare[name] ?? 1);
    longest_slots = Math.max(longest_slots, slots);
  }
  return {
    objects,
    references: Math.max(0, Math.round(places - usualPlaces * objects)),
    text_bytes: Math.round(text_bytes),
    longest_slots: Math.round(longest_slots),
  };
}

/** In the middle a size lies at three quarters of its bucket's upper bound. */
const typical = 0.75;

function copiedText({ overall, histogram }: TypeStatistics, bounds: readonly number[]): number {
  let all = 0;
  let copied = 0;
  for (const [bucket, count] of histogram.entries()) {
    const size = typical * (bounds[bucket] ?? 0);
    all += count * size;
    copied += count * Math.min(size, longestText_bytes);
  }
  // Buckets are coarse and the sum is exact: what they say is brought to it.
  return all === 0 ? 0 : copied * Math.min(1.33, Math.max(0.67, overall / all));
}

/** The size of the largest object of a type, bytes; never too small by more than what the buckets hide. */
function largestOf(type: TypeStatistics, histogram: readonly number[], bounds: readonly number[]): number {
  const top = histogram.findLastIndex((count) => count > 0);
  if (top < 0) return 0;
  const most = top === bounds.length - 1 ? Number.POSITIVE_INFINITY : (bounds[top] ?? 0);
  const least = (bounds[top - 1] ?? 0) * ((histogram[top] ?? 1) - 1);
  const others = histogram
    .slice(0, top)
    .reduce((sum, count, bucket) => sum + count * typical * (bounds[bucket] ?? 0), least);
  return Math.min(most, Math.max(bounds[top - 1] ?? 0, type.overall - others));
}
