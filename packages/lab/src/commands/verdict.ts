import { exitCodeOf, junitOf, verdictLines } from '@leak-lab/leak-verdict';
import type { RecordedVerdict } from '../../../../services/console/src/api/contract.ts';
import { ConsoleClient } from '../console-client.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { explained } from '../stress/failures.ts';
import { writeReport } from '../stress/report-file.ts';
import { formatSeconds, parseSeconds } from '../text/duration.ts';
import { parseMoment } from '../text/moment.ts';
import { wholeNumber } from '../text/whole-number.ts';

export interface VerdictCommandOptions {
  readonly last?: string;
  readonly from?: string;
  readonly to?: string;
  readonly threshold?: string;
  readonly json?: boolean;
  readonly junit?: string;
}

/** `./lab verdict`: what memory did, by what the console has recorded. Exit code 0: no leak; 1: a leak; 2: cannot be told. */
export async function verdict(options: VerdictCommandOptions): Promise<void> {
  try {
    await judge(options);
  } catch (error) {
    throw explained(error);
  }
}

async function judge(options: VerdictCommandOptions): Promise<void> {
  const window = windowOf(options, Date.now());
  const threshold =
    options.threshold === undefined
      ? undefined
      : wholeNumber(options.threshold, {
          option: '--threshold',
          least: 1,
          advice: './lab verdict --threshold 100',
        });
  const recorded = await new ConsoleClient(findLab().consoleUrl).verdict({ ...window, threshold });
  if (options.junit !== undefined) writeJunit(options.junit, recorded);
  console.log(options.json ? JSON.stringify(recorded, null, 2) : inWords(recorded));
  process.exitCode = exitCodeOf(recorded.verdict);
}

/** The window asked for, ms since the epoch; open where nothing is said. Throws a `LabError`. */
function windowOf({ last, from, to }: VerdictCommandOptions, now_ms: number) {
  if (last !== undefined && (from !== undefined || to !== undefined)) {
    throw new LabError({
      problem: '--last and --from or --to cannot be used together.',
      expected: 'one window',
      advice: './lab verdict --last 5m, or ./lab verdict --from 14:02 --to 14:10',
    });
  }
  const to_ms = to === undefined ? undefined : parseMoment(to, '--to', now_ms);
  if (last !== undefined) return { from_ms: now_ms - parseSeconds(last, '--last') * 1000, to_ms };
  const from_ms = from === undefined ? undefined : parseMoment(from, '--from', now_ms);
  return { from_ms, to_ms };
}

function inWords({ from_ms, to_ms, begins_with, samples, verdict }: RecordedVerdict): string {
  const time = (ms: number) => new Date(ms).toLocaleTimeString('en-GB');
  const begin = begins_with === null ? time(from_ms) : `${time(from_ms)}, ${begins_with},`;
  const span = `Recorded from ${begin} to ${time(to_ms)} (${formatSeconds((to_ms - from_ms) / 1000)}, ${samples.toLocaleString('en')} readings).`;
  return [span, ...verdictLines(verdict)].join('\n');
}

function writeJunit(file: string, { from_ms, to_ms, verdict }: RecordedVerdict): void {
  const name = `recorded from ${new Date(from_ms).toISOString()} to ${new Date(to_ms).toISOString()}`;
  const text = junitOf('leak-lab verdict', [{ name, verdict, seconds: (to_ms - from_ms) / 1000 }]);
  writeReport(file, text, './lab verdict --junit verdict.xml');
}
