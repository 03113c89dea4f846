import { type Sample, usedBytes } from '@leak-lab/leak-verdict';

/** What a target tells of its memory at one moment: a sample without what only the sender knows. */
export type Reading = Omit<
  Sample,
  'time_seconds' | 'phase' | 'requests_total' | 'failed_total' | 'collected'
>;

/** Reads the memory of one target. */
export interface MemoryReader {
  /** What is read, and how, in words: `process 4711 (python3), its resident memory`. */
  readonly source: string;
  /** How long after a failed reading another one may succeed: as long as whoever restarts the target takes. */
  readonly patience_seconds: number;
  /** Reads now. Throws {@link NoReading} where the target does not tell. */
  read(): Promise<Reading>;
  /** Has the target collect all its garbage; absent where nobody can. Throws {@link NoReading}. */
  collect?(): Promise<void>;
  /** What counts against the limit only, as cheaply as can be; absent where that is a whole reading. Throws. */
  watch?(): Promise<Reading>;
}

/** Why there was no reading. */
export class NoReading extends Error {
  override readonly name = 'NoReading';
  /** Whether the target is known to have ended; else it may only be silent. */
  readonly gone: boolean;

  constructor(message: string, { gone = false } = {}) {
    super(message);
    this.gone = gone;
  }
}

/** What is held of memory: heap and external memory where they are read, else all that is in use; `null` of nothing. */
export function memoryHeld(reading: Reading): number | null {
  const { heap_bytes, external_bytes } = reading;
  return typeof heap_bytes === 'number' ? heap_bytes + (external_bytes ?? 0) : usedBytes(reading);
}
