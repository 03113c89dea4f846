/**
 * What the result of a query is measured in, by the names of its metrics: bytes by `_bytes`, and bytes a second where
 * `rate` or `deriv` is taken of them. As in physics, sides of a sum must agree, and a ratio of likes is a number.
 */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, parse, type Query, textOf } from './promql.ts';

/** Exponents by base: `{bytes: 1, seconds: -1}` is bytes a second; `{}` a ratio. */
export type Dimension = Readonly<Record<string, number>>;

/** Names that keep their unit to themselves. */
const unnamed: Readonly<Record<string, Dimension>> = { otelcol_process_memory_rss: { bytes: 1 } };

/** Throws where the sides of a sum or comparison are not of one kind. */
export function dimensionOf(expr: string): Dimension {
  const query = parse(expr);
  const dimension = measure(query, query.root);
  return dimension === 'number' ? {} : dimension;
}

/** The unit of Grafana for it. */
export function unitOf(dimension: Dimension): string {
  const key = Object.entries(dimension)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([base, exponent]) => `${base}${exponent}`)
    .join(' ');
  const unit = units[key];
  if (!unit) throw new Error(`Expected one of ${Object.keys(units).join(', ')}; got ${key}`);
  return unit;
}

const units: Readonly<Record<string, string>> = {
  '': 'percentunit',
  bytes1: 'bytes',
  'bytes1 requests-1': 'bytes',
  'bytes1 seconds-1': 'binBps',
  seconds1: 's',
  count1: 'short',
  'count1 seconds-1': 'cps',
  'requests1 seconds-1': 'reqps',
  'seconds-1 spans1': 'cps',
};

/** A plain number takes the dimension of what it meets. */
type Measured = Dimension | 'number';

function measure(query: Query, node: SyntaxNode): Measured {
  const children = childrenOf(node);
  const inner = (index = 0): Measured => {
    const child = children.at(index);
    if (!child) throw new Error(`Expected something inside ${textOf(query, node)}`);
    return measure(query, child);
  };
  switch (node.name) {
    case 'VectorSelector':
      return ofName(textOf(query, children[0] ?? node));
    case 'NumberDurationLiteral':
      return 'number';
    case 'ParenExpr':
    case 'MatrixSelector':
    case 'OffsetExpr':
      return inner();
    case 'AggregateExpr':
      return children[0]?.firstChild?.name === 'Count' ? { count: 1 } : inner(-1);
    case 'FunctionCallBody':
      return inner(-1);
    case 'FunctionCall':
      return ofCall(query, textOf(query, children[0] ?? node), childrenOf(children[1] ?? node));
    case 'BinaryExpr':
      return ofBinary(inner(), children[1]?.name ?? '', inner(-1), textOf(query, node));
    default:
      throw new Error(`Expected PromQL that this knows, got ${node.name}: ${textOf(query, node)}`);
  }
}

function ofCall(query: Query, name: string, parts: readonly SyntaxNode[]): Measured {
  const argument = (index: number): Measured => {
    const part = parts.at(index);
    if (!part) throw new Error(`Expected an argument ${index} of ${name}`);
    return measure(query, part);
  };
  switch (name) {
    case 'rate':
    case 'irate':
    case 'deriv':
      return times(argument(0), { seconds: 1 }, -1);
    case 'changes':
      return { count: 1 };
    case 'time':
      return { seconds: 1 };
    case 'histogram_quantile':
      return ofName(nameIn(query, parts.at(-1)).replace(/_bucket$/, ''));
    case 'vector':
      return 'number';
    case 'predict_linear':
    case 'clamp_max':
    case 'label_replace':
      return argument(0);
    default:
      throw new Error(`Expected a function that this knows, got ${name}`);
  }
}

function ofBinary(left: Measured, operator: string, right: Measured, text: string): Measured {
  if (operator === 'Mul') return times(left, right, 1);
  if (operator === 'Div') return times(left, right, -1);
  if (left === 'number') return right;
  if (right !== 'number' && !isSame(left, right))
    throw new Error(`Expected both sides to be of one kind, got ${text}`);
  return left;
}

function times(left: Measured, right: Measured, sign: 1 | -1): Measured {
  if (right === 'number') return left;
  const sum: Record<string, number> = left === 'number' ? {} : { ...left };
  for (const [base, exponent] of Object.entries(right)) sum[base] = (sum[base] ?? 0) + sign * exponent;
  return Object.fromEntries(Object.entries(sum).filter(([, exponent]) => exponent !== 0));
}

const isSame = (a: Dimension, b: Dimension): boolean => unitOf(a) === unitOf(b);

/** By Prometheus' rules for names; of a recorded series (`level:metric:operations`) by the metric and the operation. */
function ofName(name: string): Dimension {
  const [, metric, operation = ''] = name.includes(':') ? name.split(':') : ['', name];
  const known = unnamed[name] ?? ofMetric(metric ?? name);
  if (/^(deriv|rate|slope)/.test(operation)) return times(known, { seconds: 1 }, -1) as Dimension;
  if (operation === 'per_request') return times(known, { requests: 1 }, -1) as Dimension;
  return known;
}

function ofMetric(metric: string): Dimension {
  if (/_(count|bucket)$/.test(metric)) return { count: 1 };
  const base = /_(bytes|seconds|requests|spans)$/.exec(metric.replace(/_(total|sum)$/, ''))?.[1];
  return { [base ?? 'count']: 1 };
}

function nameIn(query: Query, node: SyntaxNode | undefined): string {
  const [name] = /\b\w+_bucket\b/.exec(node ? textOf(query, node) : '') ?? [];
  if (!name) throw new Error(`Expected buckets in ${query.text}`);
  return name;
}
