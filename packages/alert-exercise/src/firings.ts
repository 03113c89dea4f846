import type { Span } from './promtool-tests.ts';

/** An alert that fired: when for the first time in a span of a scene, seconds from the begin of its play. */
export interface Firing {
  readonly scene: string;
  readonly span: Span;
  readonly alert: string;
  readonly seconds: number;
}

/** What promtool's complaints say. */
export interface Answers {
  readonly firings: readonly Firing[];
  /** Scenes and spans that were answered, as `cache since`. */
  readonly answered: ReadonlySet<string>;
  /** Rules that could not be evaluated, each once. */
  readonly failures: readonly RuleFailure[];
}

export interface RuleFailure {
  readonly rule: string;
  readonly at: string;
  readonly reason: string;
}

const sample = /\{([^{}]*(?:"(?:[^"\\]|\\.)*"[^{}]*)*)\} (-?[\d.]+(?:E[+-]?\d+)?)/g;
const label = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads what `promtool test rules` wrote of a file that `promtoolTests` has made. */
export function readAnswers(output: string): Answers {
  const firings: Firing[] = [];
  const answered = new Set<string>();
  const failures = new Map<string, RuleFailure>();
  for (const line of output.split('\n')) {
    const failed = /^\s*rule: (.+?), time: (.+?), err: (.+)$/.exec(line);
    if (failed) {
      const [, rule = '', at = '', reason = ''] = failed;
      if (!failures.has(rule)) failures.set(rule, { rule, at, reason });
    }
    const [, got] = /^\s*got:\s*(.*)$/.exec(line) ?? [];
    for (const [, inner = '', value = ''] of (got ?? '').matchAll(sample)) {
      const labels = Object.fromEntries(
        [...inner.matchAll(label)].map(([, name, text]) => [name, JSON.parse(`"${text}"`) as string]),
      );
      const { scene, span, alertname } = labels as Record<string, string | undefined>;
      if (scene === undefined || (span !== 'before' && span !== 'since')) continue;
      answered.add(`${scene} ${span}`);
      if (alertname !== undefined) firings.push({ scene, span, alert: alertname, seconds: Number(value) });
    }
  }
  return { firings, answered, failures: [...failures.values()] };
}
