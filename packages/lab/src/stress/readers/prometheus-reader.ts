import type { MemoryReader, Reading } from '../memory-reader.ts';
import { refused } from '../refused.ts';
import { fetchedText } from './fetched-text.ts';
import { readingOf, tellsMemory } from './metrics-readings.ts';
import { parseScrape } from './prometheus-text.ts';

/** Who restarts a server may take so long. */
const patience_seconds = 10;

/** Reads a server by its metrics in Prometheus' text format. The first reading throws a `LabError` where these are none. */
export function prometheusReader(url: string): MemoryReader {
  return {
    source: `${url}: resident memory, as its metrics tell it`,
    patience_seconds,
    async read(): Promise<Reading> {
      const text = await fetchedText(url);
      const scrape = parseScrape(text);
      if (scrape === undefined) throw noMetrics(url, `"${text.slice(0, 60).replaceAll(/\s+/g, ' ')} …"`);
      const reading = readingOf(scrape);
      if (!tellsMemory(reading)) throw noMetrics(url, `${scrape.size} metrics without it`);
      return reading;
    },
  };
}

const noMetrics = (url: string, came: string) =>
  refused({
    problem: `${url} tells no memory.`,
    expected:
      'Prometheus’ text format with process_resident_memory_bytes, or a Go server’s /debug/pprof/heap',
    came,
    advice: 'give the URL of the metrics, or read the process itself: --pid N, --container NAME',
  });
