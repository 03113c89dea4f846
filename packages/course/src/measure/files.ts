import type { Evidence } from '../evidence.ts';
import type { Truth } from '../lab.ts';
import { samplesSinceOnset } from './requests.ts';

/** So long it must have gone on, for anybody to have seen it. */
const least_seconds = 10;

/** The file of what goes wrong, where no line of a profile leads there. */
export function fileOfIncident(evidence: Evidence, files: Readonly<Record<string, string>>): Truth {
  const [leak] = evidence.incident?.leaks ?? [];
  const file = leak && files[leak.id];
  const seen = samplesSinceOnset(evidence);
  const seconds = (seen.at(-1)?.time_seconds ?? 0) - (seen[0]?.time_seconds ?? 0);
  return file === undefined || seconds < least_seconds
    ? { kind: 'unknown', waits_for: `${least_seconds} s in which it happens` }
    : { kind: 'words', accepted: [file] };
}
