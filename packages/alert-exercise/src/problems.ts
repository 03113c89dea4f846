import { tooFarBack } from './far-back.ts';
import type { Played } from './played.ts';
import { askedBy, type Back } from './promql.ts';
import { metricOf } from './recording.ts';
import type { Problem, Rule } from './rules-file.ts';

/** What the rules can be asked about. */
export interface Ground {
  /** Names of the metrics in the recordings. */
  readonly metrics: ReadonlySet<string>;
  /** The longest time that a leak's scene takes from its begin to the limit, seconds. */
  readonly longest_seconds: number;
  /** Series that the project's own rules record, and the file that they are in. */
  readonly recordedBy: ReadonlyMap<string, string>;
}

export function groundOf(scenes: readonly Played[], recordedBy: ReadonlyMap<string, string>): Ground {
  return {
    metrics: new Set(scenes.flatMap(({ series }) => Object.keys(series).map(metricOf))),
    longest_seconds: Math.max(...scenes.map(({ ends_seconds = 0 }) => ends_seconds)),
    recordedBy,
  };
}

const ofPrometheus = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Why rules that Prometheus would take cannot be judged here; each with its line. */
export function problemsOf(rules: readonly Rule[], ground: Ground): Problem[] {
  const own = new Set(rules.flatMap(({ record }) => record ?? []));
  const known = (metric: string) => ground.metrics.has(metric) || own.has(metric) || ofPrometheus.has(metric);
  const unknowns = rules.flatMap(({ path, expr }) =>
    askedBy(expr)
      .metrics.filter(({ text }) => !known(text))
      .map(({ text, line }): Problem => ({ path, line, ...unknown(text, ground) })),
  );
  return [...unknowns, ...tooFarBack(rules, ground)];
}

function unknown(metric: string, { metrics, recordedBy }: Ground): Pick<Problem, 'what' | 'advice'> {
  const file = recordedBy.get(metric);
  if (file !== undefined)
    return {
      what: `"${metric}" is recorded by ${file}, which was not given`,
      advice: `give that file too, or record it yourself: ./lab alerts check YOURS.yml ${file}`,
    };
  if (metric.startsWith('leak_'))
    return {
      what: `"${metric}" says what leaks, as nothing does in life; it is not in the recordings`,
      advice: 'go by what any service tells of its memory',
    };
  return {
    what: `unknown metric "${metric}"`,
    advice: `in the recordings are: ${[...metrics].sort().join(', ')}`,
  };
}

/** What goes back further than what was recorded, and does not keep an alert from firing. */
export function notesOf(rules: readonly Rule[], { longest_seconds }: Ground): Problem[] {
  return rules.flatMap(({ path, expr }) => {
    const { ranges, offsets } = askedBy(expr);
    const far = ({ seconds }: Back) => seconds > longest_seconds;
    return [
      ...ranges.filter(far).map(({ text, line }) => ({
        ...{ path, line, what: `[${text}] goes back further than what was recorded` },
        advice: `it sees the ${Math.round(longest_seconds)} s that there are, at most`,
      })),
      ...offsets.filter(far).map(({ text, line }) => ({
        ...{ path, line, what: `"offset ${text}" is before all that was recorded` },
        advice: 'it has no value here',
      })),
    ];
  });
}
