import type { Played } from './played.ts';

/** Rules that are played to: paths as promtool sees them, and the groups in the order in which they are evaluated. */
export interface RulesToPlay {
  readonly files: readonly string[];
  readonly groups: readonly string[];
}

/** The part of a scene that is asked about. */
export type Span = 'before' | 'since';

const evaluation_seconds = 1;

/**
 * The file for `promtool test rules` that tells when each alert fired: promtool can only compare, so each question expects
 * what never comes, and what came is read from its complaint (`readFirings`). JSON is YAML.
 */
export function promtoolTests(scenes: readonly Played[], { files, groups }: RulesToPlay): string {
  return JSON.stringify({
    rule_files: files,
    evaluation_interval: `${evaluation_seconds}s`,
    group_eval_order: groups,
    tests: scenes.map((scene) => ({
      name: scene.name,
      interval: `${scene.interval_seconds}s`,
      input_series: Object.entries(scene.series).map(([series, values]) => ({
        series,
        // As Prometheus marks a series that a scrape did not bring.
        values: values.map((value) => value ?? 'stale').join(' '),
      })),
      promql_expr_test: questionsOf(scene),
    })),
  });
}

/** Of a healthy scene all is asked at once; of a leak's the time before the load and the time from it to the limit. */
function questionsOf({ name, kind, loaded_seconds, ends_seconds, lasts_seconds }: Played) {
  const question = (span: Span, from_seconds: number, to_seconds: number) => ({
    expr: firstFiring(name, span, to_seconds - from_seconds),
    eval_time: `${to_seconds}s`,
    exp_samples: [],
  });
  if (kind === 'healthy' || ends_seconds === undefined) return [question('since', -1, lasts_seconds)];
  return [question('before', -1, loaded_seconds), question('since', loaded_seconds, ends_seconds)];
}

/** The first second of a span in which each alert fired. An answer comes in any case, so that a silence can be told from a loss. */
function firstFiring(scene: string, span: Span, span_seconds: number): string {
  const range = `[${span_seconds}s:${evaluation_seconds}s]`;
  const first = `min by (alertname) (min_over_time(timestamp(ALERTS{alertstate="firing"})${range}))`;
  const named = (expression: string) =>
    `label_replace(label_replace(${expression}, "scene", "${scene}", "", ""), "span", "${span}", "", "")`;
  return `${named(first)} or ${named('vector(-1)')}`;
}
