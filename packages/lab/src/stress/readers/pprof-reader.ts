import type { MemoryReader, Reading } from '../memory-reader.ts';
import { refused } from '../refused.ts';
import { fetchedText } from './fetched-text.ts';

/** What Go's `runtime.MemStats` says at the end of a heap profile in text. */
export interface GoMemory {
  readonly heap_bytes: number;
  readonly heap_committed_bytes: number;
  readonly full_gc_total: number;
}

const patience_seconds = 10;
const path = '/debug/pprof/heap';

export const isPprof = (url: string): boolean => URL.canParse(url) && new URL(url).pathname.endsWith(path);

/**
 * Reads a Go server by its heap profile (`net/http/pprof`), which collects garbage when asked to: exact, where resident
 * memory goes up to twice as high as what is held.
 */
export function pprofReader(url: string): MemoryReader {
  const asked = (query: string) => fetchedText(new URL(`?${query}`, url).href);
  return {
    source: `${url}: the heap, as Go’s runtime tells it, garbage collected before`,
    patience_seconds,
    async read(): Promise<Reading> {
      const memory = parseGoMemory(await asked('debug=1'));
      if (memory === undefined) throw noProfile(url);
      return memory;
    },
    async collect() {
      await asked('gc=1');
    },
  };
}

/** Reads the statistics below a heap profile in text; `undefined` where there are none. */
export function parseGoMemory(text: string): GoMemory | undefined {
  const numberOf = (name: string): number | undefined => {
    const digits = new RegExp(`^# ${name} = (\\d+)$`, 'm').exec(text)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const [heap, system, released, collections] = [
    numberOf('HeapAlloc'),
    numberOf('HeapSys'),
    numberOf('HeapReleased'),
    numberOf('NumGC'),
  ];
  if (heap === undefined || system === undefined || collections === undefined) return undefined;
  return {
    heap_bytes: heap,
    heap_committed_bytes: system - (released ?? 0),
    full_gc_total: collections,
  };
}

const noProfile = (url: string) =>
  refused({
    problem: `${url} is no heap profile of a Go server.`,
    expected: 'the text of net/http/pprof, with runtime.MemStats at its end',
    came: 'something else',
    advice: `give the URL that ends with ${path}, or read the process itself: --pid N`,
  });
