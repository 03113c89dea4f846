import type { Ground } from './problems.ts';
import { askedBy, durationOf } from './promql.ts';
import type { Problem, Rule } from './rules-file.ts';

/** Why alerts can never fire here: they wait for longer, or compare with what was longer ago, than anything was recorded. */
export function tooFarBack(rules: readonly Rule[], ground: Ground): Problem[] {
  const problems = rules
    .filter(({ alert }) => alert !== undefined)
    .flatMap((rule) => [...waits(rule, ground), ...needed(rule, rules, ground, new Set())]);
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const waits = ({ path, for: wait }: Rule, ground: Ground): Problem[] =>
  wait === undefined || (durationOf(wait.text) ?? 0) < ground.longest_seconds
    ? []
    : [tooLong(path, wait.line, `for: ${wait.text}`, ground)];

/** Offsets that a rule cannot do without, its own and those of the series that it is made of. */
function needed(rule: Rule, rules: readonly Rule[], ground: Ground, seen: ReadonlySet<Rule>): Problem[] {
  if (seen.has(rule)) return [];
  const { metrics, offsets } = askedBy(rule.expr);
  const names = new Set(metrics.filter(({ optional }) => !optional).map(({ text }) => text));
  return [
    ...offsets
      .filter(({ optional, seconds }) => !optional && seconds >= ground.longest_seconds)
      .map(({ text, line }) => tooLong(rule.path, line, `offset ${text}`, ground)),
    ...rules
      .filter(({ record }) => record !== undefined && names.has(record))
      .flatMap((one) => needed(one, rules, ground, new Set([...seen, rule]))),
  ];
}

const tooLong = (path: string, line: number, words: string, { longest_seconds }: Ground): Problem => ({
  ...{ path, line },
  what: `"${words}" needs more than was recorded: the longest leak reaches its limit after ${Math.round(longest_seconds)} s`,
  advice: 'these leaks end a service within minutes: wait for seconds, not for minutes',
});
