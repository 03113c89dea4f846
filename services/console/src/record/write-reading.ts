import type { Reading } from '../service/reading.ts';
import { insertLife, touchLife } from '../store/lives.ts';
import { insertSample, type RecordedSample } from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import type { Seen } from './life-tracker.ts';

/** Writes down what a look at a service gave: the life it belongs to, and its sample. */
export function writeReading(
  { database, writer }: Store,
  { life, begun }: Seen,
  sample: RecordedSample,
  reading: Reading,
): void {
  writer.write(() =>
    database.transaction(() => {
      if (begun) insertLife(database, life);
      insertSample(database, life.id, sample);
      touchLife(database, life.id, sample.time_ms, JSON.stringify(reading));
    }),
  );
}
