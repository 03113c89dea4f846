import type { LabStanding, LabSummary } from '../../../src/api/contract.ts';
import { gap } from '../format/bytes.ts';
import { formatTime } from '../format/clock.ts';

const words: Readonly<Record<LabStanding, string>> = {
  new: 'not begun',
  begun: 'begun',
  running: 'runs now',
  passed: 'passed',
  given_up: 'given up',
};

/** How far a lab is: "passed at 14:03:27", "not begun". */
export function standingInWords({ standing, passed_at_ms }: LabSummary): string {
  if (standing === 'passed' && passed_at_ms !== null) return `passed, ${formatTime(passed_at_ms)}`;
  return words[standing];
}

/** "10 to 20 min". */
export const minutesInWords = ([from, to]: LabSummary['minutes']): string => `${from} to ${to}${gap}min`;
