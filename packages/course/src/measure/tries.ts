import type { Evidence, Try } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';

const tolerance = 0.2;

/** Whether something was tried whose figures are as they should be, and what is said of it. */
export function tried(
  { tries }: Evidence,
  fits: (figures: Try['figures']) => boolean,
  words: (figures: Try['figures']) => string,
): Sight {
  const found = tries.find(({ figures }) => fits(figures));
  if (found !== undefined) return { seen: true, saw: words(found.figures) };
  const last = tries.at(-1);
  return { seen: false, saw: last === undefined ? 'nothing was tried so far' : words(last.figures) };
}

/**
 * Of how many there is one that a fix ends: by the share that a try of it left, and as it was sent. `fits` says whose figures are as they
 * should be; the newest such try counts.
 */
export function endedOneIn(
  { tries }: Evidence,
  fits: (figures: Try['figures']) => boolean,
  sent: number,
  waits_for: string,
): Truth {
  const share = tries.findLast(({ figures }) => fits(figures))?.figures['share'];
  return share === undefined || share >= 1
    ? { kind: 'unknown', waits_for }
    : { kind: 'number', values: [1 / (1 - share), sent], tolerance };
}

/** What is right as soon as something was tried whose figures are as they should be. */
export function onceTried(
  evidence: Evidence,
  fits: (figures: Try['figures']) => boolean,
  accepted: readonly string[],
  waits_for: string,
): Truth {
  const isTried = evidence.tries.some(({ figures }) => fits(figures));
  return isTried ? { kind: 'words', accepted } : { kind: 'unknown', waits_for };
}
