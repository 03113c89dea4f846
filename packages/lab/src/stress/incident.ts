import type { StressReport } from './report.ts';

/** What kept a run from being whole, after an empty line; nothing where it was. */
export function incidentLines(report: Pick<StressReport, 'result' | 'cause_of_end' | 'samples'>): string[] {
  const words = incident(report);
  return words === undefined ? [] : ['', words];
}

function incident({
  result,
  cause_of_end,
  samples,
}: Pick<StressReport, 'result' | 'cause_of_end' | 'samples'>): string | undefined {
  const { outcome, warmUp } = result;
  switch (outcome.kind) {
    case 'complete':
      return undefined;
    case 'stopped':
      return 'Stopped before the end.';
    case 'silent':
      return `The target answers no more (${outcome.during}): ${outcome.why}.`;
    case 'ended': {
      const again = outcome.restarted ? ' It was started again.' : '';
      const early =
        samples.length > 0
          ? ''
          : ` That was after ${warmUp.requests.toLocaleString('en')} requests to warm up: nothing was measured. Send fewer, or by fewer workers.`;
      return `The target ended (${outcome.during}): ${cause_of_end ?? outcome.why}.${again}${early}`;
    }
  }
}
