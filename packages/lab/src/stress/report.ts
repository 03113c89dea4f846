import {
  bytesOf,
  type Comparison,
  exitCodeOf,
  inColumns,
  median,
  resultLines,
  type Sample,
  type Verdict,
  verdictLines,
} from '@leak-lab/leak-verdict';
import { formatSeconds } from '../text/duration.ts';
import { failuresInWords } from './counts.ts';
import { incidentLines } from './incident.ts';
import { memoryHeld } from './memory-reader.ts';
import type { ProcedureResult } from './procedure.ts';

/** What was measured how. */
export interface Configuration {
  readonly url: string;
  readonly method: string;
  readonly payload: string | null;
  readonly payload_bytes: number;
  readonly requests: number;
  readonly workers: number;
  readonly keep_alive: boolean;
  readonly threshold_bytes: number;
  /** How memory was read. */
  readonly memory: string;
}

/** A whole run of `./lab stress`; what `--json` prints and `--compare` reads. */
export interface StressReport {
  readonly format: typeof reportFormat;
  readonly version: 1;
  readonly began_at: string;
  readonly configuration: Configuration;
  readonly result: Omit<ProcedureResult, 'samples'>;
  readonly initial_bytes: number | null;
  readonly final_bytes: number | null;
  /** How the target ended, where somebody knows. */
  readonly cause_of_end: string | null;
  readonly verdict: Verdict;
  readonly comparison: Comparison | null;
  readonly samples: readonly Sample[];
}

export const reportFormat = 'leak-lab stress';

/** What memory was when it began, by the median of the baseline, and at the end, after the last load and before it idled. */
export function endsOf(samples: readonly Sample[]): {
  initial_bytes: number | null;
  final_bytes: number | null;
} {
  const level = (some: readonly Sample[]): number | null => {
    const known = some.map((sample) => memoryHeld(sample)).filter((bytes) => bytes !== null);
    return known.length === 0 ? null : Math.round(median(known));
  };
  const lastLoad = samples.findLastIndex(({ phase }) => phase === 'load');
  const after = samples.slice(lastLoad + 1).filter(({ phase }) => phase === 'after');
  return {
    initial_bytes: level(samples.filter(({ phase }) => phase === 'baseline')),
    final_bytes: level(after.length > 0 ? after : samples.slice(-1)),
  };
}

/** What is going to be done. */
export function configurationLines(configuration: Configuration, warmUp: number): string[] {
  const { url, method, payload, payload_bytes, requests, workers, keep_alive, threshold_bytes } =
    configuration;
  return [
    'Configuration',
    ...indented([
      ['Target', `${method} ${url}`],
      ['Payload', payload === null ? 'none' : `${payload} (${bytesOf(payload_bytes)})`],
      [
        'Requests',
        `${requests.toLocaleString('en')} in two equal loads, ${warmUp.toLocaleString('en')} before to warm up`,
      ],
      ['Workers', `${workers}, connections ${keep_alive ? 'kept' : 'not kept'}`],
      ['Memory', configuration.memory],
      ['Threshold', `${threshold_bytes} bytes a request`],
    ]),
  ];
}

/** What came out: results, idle readings, the verdict after them. */
export function reportLines(report: StressReport): string[] {
  return [...results(report), ...idleLines(report), ...verdictPart(report)];
}

function results({ result, initial_bytes, final_bytes, configuration }: StressReport): string[] {
  const { counts, load_seconds } = result;
  if (initial_bytes === null || final_bytes === null) return [];
  const { requests, failed } = counts;
  const lines = resultLines(
    { requests, failed, seconds: load_seconds, initial_bytes, final_bytes },
    configuration.threshold_bytes,
  );
  const failures = failed > 0 ? inColumns([['Failed requests', failuresInWords(counts)]]) : [];
  return ['', 'Results', ...[...lines, ...failures].map((line) => `  ${line}`)];
}

function idleLines({ samples, final_bytes }: StressReport): string[] {
  const idle = samples.filter(({ phase }) => phase === 'idle');
  const first = idle[0];
  if (first === undefined) return [];
  const rows = idle.map((sample, index): [string, string] => {
    const held = memoryHeld(sample) ?? Number.NaN;
    const change = final_bytes === null ? 0 : held - final_bytes;
    const since = formatSeconds(sample.time_seconds - first.time_seconds);
    return [
      `${index + 1}`,
      `${bytesOf(held)} (${change < 0 ? '' : '+'}${bytesOf(change)} since the load), ${since}`,
    ];
  });
  return ['', 'Idle readings', ...indented(rows)];
}

function verdictPart(report: StressReport): string[] {
  const { verdict, comparison, samples } = report;
  const isWhole = report.result.outcome.kind === 'complete';
  const title = isWhole ? 'Verdict after idle' : 'Verdict on what is known';
  return [
    ...incidentLines(report),
    '',
    title,
    ...(samples.length === 0 ? [] : verdictLines(verdict).map((line) => `  ${line}`)),
    ...(comparison === null ? [] : [`  ${comparison.sentence}`]),
  ];
}

/** 1 of a leak; 0 of none, if the whole procedure says so; else 2. */
export function exitCode({ verdict, result }: Pick<StressReport, 'verdict' | 'result'>): 0 | 1 | 2 {
  const code = exitCodeOf(verdict);
  return code === 0 && result.outcome.kind !== 'complete' ? 2 : code;
}

const indented = (rows: readonly (readonly [string, string])[]): string[] =>
  inColumns(rows).map((line) => `  ${line}`);
