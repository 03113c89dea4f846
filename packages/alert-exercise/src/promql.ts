import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Located } from './rules-file.ts';

/** What an expression asks for. */
export interface Asked {
  readonly metrics: readonly Part[];
  /** Spans that it goes back: `[5m]`, `offset 1h`. */
  readonly ranges: readonly Back[];
  readonly offsets: readonly Back[];
}

/** A part of an expression. */
export interface Part extends Located {
  /** One side of an `or`: the other may do without it. */
  readonly optional: boolean;
}

export interface Back extends Part {
  readonly seconds: number;
}

const unit_seconds: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 },
};

/** Seconds of a duration as Prometheus writes it: `90s`, `1h30m`, `300`; undefined where it is none. */
export function durationOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  const parts = [...text.trim().matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unit_seconds[unit] ?? 0), 0);
}

/** Reads an expression that promtool has found right. */
export function askedBy(expr: Located): Asked {
  const metrics: Part[] = [];
  const ranges: Back[] = [];
  const offsets: Back[] = [];
  const locate = (node: SyntaxNode): Part => ({
    text: expr.text.slice(node.from, node.to),
    line: expr.line + expr.text.slice(0, node.from).split('\n').length - 1,
    optional: isOptional(node),
  });
  const back = (duration: SyntaxNode | null, list: Back[]) => {
    if (duration === null) return;
    const located = locate(duration);
    const seconds = durationOf(located.text);
    if (seconds !== undefined) list.push({ ...located, seconds });
  };
  parser.parse(expr.text).iterate({
    enter({ name, node }) {
      if (name === 'VectorSelector') {
        const identifier = node.getChild('Identifier');
        if (identifier !== null) metrics.push(locate(identifier));
        const part = locate(node);
        const [, byName] = /__name__\s*=\s*"([^"]*)"/.exec(part.text) ?? [];
        if (byName !== undefined) metrics.push({ ...part, text: byName });
      }
      if (name === 'MatrixSelector' || name === 'SubqueryExpr') back(node.getChild('DurationExpr'), ranges);
      if (name === 'OffsetExpr') back(node.getChild('OffsetDurationExpr'), offsets);
    },
  });
  return { metrics, ranges, offsets };
}

function isOptional(node: SyntaxNode): boolean {
  for (let above = node.parent; above !== null; above = above.parent)
    if (above.name === 'BinaryExpr' && above.getChild('Or') !== null) return true;
  return false;
}
