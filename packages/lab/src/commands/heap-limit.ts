import { LabError } from '../lab-error.ts';

const least_heap_mb = 32;

/** Reads `--heap-limit`, in MB. Throws a `LabError` where Node could not even start with it. */
export function heapLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const megabytes = Number(text);
  if (Number.isInteger(megabytes) && megabytes >= least_heap_mb) return megabytes;
  throw new LabError({
    problem: '--heap-limit cannot be used.',
    expected: `a whole number of MB, ${least_heap_mb} or more`,
    came: JSON.stringify(text),
    advice: './lab up --heap-limit 128',
  });
}
