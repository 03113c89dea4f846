/** What a snapshot's cost hangs on. */
export interface ObjectCounts {
  readonly objects: number;
  /** References between them, as far as they come with each object: what every process has of its own is not in it. */
  readonly edges: number;
  readonly texts: number;
  /** Letters of texts that a snapshot copies: at most 1,024 of each. */
  readonly text_bytes: number;
  /** Pointers in the longest array or hash table: a snapshot keeps a text of its own for each index. */
  readonly longest_slots: number;
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
const longestText_bytes = 1024;
/** Of a collection's table, what points to keys and values: two of each entry's three slots, beside the buckets. */
const pointingShare: Readonly<Record<string, number>> = { JS_COLLECTION_TABLE_TYPE: 2 / 3.5 };
const elements = /^(FIXED_ARRAY|\w*ELEMENTS)_TYPE$/;
/** What holds pointers by index. */
const indexed =
  /^(FIXED_ARRAY|WEAK_ARRAY_LIST|\w*ELEMENTS|\w*DICTIONARY|\w*HASH_(TABLE|MAP|SET)|JS_COLLECTION_TABLE)_TYPE$/;
/** V8's statistics count each of these twice. */
const countedTwice = 'FUNCTION_CONTEXT_TYPE';
const arrayHeader_slots = 2;

/** How many things of each sort there are, and how long what holds pointers is. */
interface Tally {
  readonly objects: number;
  /** Objects of the language, arrays and functions among them. */
  readonly languageObjects: number;
  readonly texts: number;
  readonly numbers: number;
  readonly context_slots: number;
  readonly element_slots: number;
}

export function readObjectStatistics({ bucket_sizes, type_data }: ObjectStatistics): ObjectCounts {
  const tally = { objects: 0, languageObjects: 0, texts: 0, numbers: 0, context_slots: 0, element_slots: 0 };
  let text_bytes = 0;
  let longest_slots = 0;
  for (const [name, type] of Object.entries(type_data)) {
    const { count = 0, overall, histogram = [] } = type;
    if (count === 0) continue;
    tally.objects += name === countedTwice ? count / 2 : count;
    if (name.startsWith('JS_') && !name.includes('TABLE')) tally.languageObjects += count;
    if (name === 'HEAP_NUMBER_TYPE') tally.numbers += count;
    if (name.includes('CONTEXT')) tally.context_slots += overall / pointer_bytes;
    if (elements.test(name)) tally.element_slots += overall / pointer_bytes - arrayHeader_slots * count;
    if (name.endsWith('STRING_TYPE')) {
      tally.texts += count;
      text_bytes += copiedText(type, bucket_sizes);
    }
    if (indexed.test(name)) {
      const slots = (largestOf(type, histogram, bucket_sizes) / pointer_bytes) * (pointingShare[name] ?? 1);
      longest_slots = Math.max(longest_slots, slots);
    }
  }
  return {
    objects: Math.round(tally.objects),
    edges: Math.round(edgesOf(tally)),
    texts: tally.texts,
    text_bytes: Math.round(text_bytes),
    longest_slots: Math.round(longest_slots),
  };
}

/**
 * References that a snapshot will have, as they were in some 190 heaps of nineteen kinds (the figures of
 * `calibrate/main.ts`): right to 1 or 2 % of a snapshot's cost, but for arrays. V8 does not tell whether a place in an array
 * points to something; those beyond three for each object are taken to do so, each with two edges.
 */
function edgesOf({ objects, languageObjects, texts, numbers, context_slots, element_slots }: Tally): number {
  return (
    3 * languageObjects +
    2 * (texts + numbers) +
    0.75 * context_slots +
    0.45 * Math.min(element_slots, languageObjects + texts) +
    2.6 * Math.max(0, element_slots - 3 * objects)
  );
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
