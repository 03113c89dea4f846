import type { Sample } from '../src/index.ts';

type Value = Sample[keyof Sample];

/** What `record.ts` wrote: one list for each field of the samples, all of one length, `null` where one has none. */
export interface Recording {
  readonly set_bytes_per_request: number;
  readonly columns: Readonly<Record<string, readonly Value[]>>;
}

export function recordingOf(set_bytes_per_request: number, samples: readonly Sample[]): Recording {
  const fields = new Set(samples.flatMap((sample) => Object.keys(sample))) as Set<keyof Sample>;
  const columns = [...fields].map((field) => [field, samples.map((sample) => sample[field] ?? null)]);
  return { set_bytes_per_request, columns: Object.fromEntries(columns) };
}

export function samplesOf({ columns }: Recording): Sample[] {
  const length = columns['time_seconds']?.length ?? 0;
  return Array.from({ length }, (_, row) => {
    const fields = Object.entries(columns).map(([field, values]) => [field, values[row] ?? undefined]);
    return Object.fromEntries(fields) as Sample;
  });
}
