import type { ClassDiff } from '../types.ts';
import { UsageError } from './usage-error.ts';

/** One `--fail-on` rule: the growth of a class beyond which the command fails. */
export interface GrowthRule {
  /** As it was given. */
  readonly text: string;
  /** A class's name, or `*` for each class by itself. */
  readonly class_name: string;
  readonly measure: 'count' | 'bytes';
  /** The growth that is still allowed. */
  readonly limit: number;
  /** True for `>=`: the limit itself fails too. */
  readonly inclusive: boolean;
}

/** What a rule found. */
export interface RuleResult {
  readonly rule: string;
  readonly broken: boolean;
  readonly measure: GrowthRule['measure'];
  readonly limit: number;
  /** The classes that grew beyond the limit, the greatest growth first. */
  readonly offenders: readonly { readonly name: string; readonly key: string; readonly growth: number }[];
}

const bytesOf: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };
// The name comes first and may itself hold spaces and signs, so the rule is read from its end.
const pattern = /^\s*(.+?)\s*(>=|>)\s*([\d_,]+(?:\.\d+)?)\s*([kmg]?b)?\s*$/is;

/**
 * Reads a rule such as `RequestRecord > 100` (more than a hundred objects more) or `Session >= 5 MB`
 * (bytes: retained ones, own ones with `--no-retained`). Throws {@link UsageError} for anything else.
 */
export function parseGrowthRule(text: string): GrowthRule {
  const [, class_name, sign, digits, unit] = pattern.exec(text) ?? [];
  const limit = Number(digits?.replace(/[_,]/g, '')) * (unit ? (bytesOf[unit.toLowerCase()] ?? 1) : 1);
  if (class_name === undefined || !Number.isFinite(limit)) {
    throw new UsageError(
      `--fail-on: expected 'Class > count' or 'Class > size' such as 'RequestRecord > 100' or 'Session > 5 MB', got '${text}'`,
    );
  }
  return { text, class_name, measure: unit ? 'bytes' : 'count', limit, inclusive: sign === '>=' };
}

/** Judges a rule by the classes of a diff. A class that is in none of the snapshots did not grow. */
export function judge(rule: GrowthRule, classes: readonly ClassDiff[]): RuleResult {
  const offenders = growthByName(rule, classes)
    .filter(({ growth }) => (rule.inclusive ? growth >= rule.limit : growth > rule.limit))
    .sort((a, b) => b.growth - a.growth);
  const { text, measure, limit } = rule;
  return { rule: text, broken: offenders.length > 0, measure, limit, offenders };
}

/** Classes of one name from several scripts are judged as one: a rule names no script. */
function growthByName(rule: GrowthRule, classes: readonly ClassDiff[]) {
  const byName = new Map<string, { name: string; key: string; growth: number }>();
  for (const one of classes) {
    if (rule.class_name !== '*' && one.name !== rule.class_name) continue;
    const growth =
      rule.measure === 'count' ? one.count_delta : (one.retained_bytes_delta ?? one.self_bytes_delta);
    const known = byName.get(one.name);
    if (known) known.growth += growth;
    else byName.set(one.name, { name: one.name, key: one.key, growth });
  }
  return [...byName.values()];
}
