import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A query as a tree. Throws where it is no PromQL, and says where. */
export interface Query {
  readonly text: string;
  readonly root: SyntaxNode;
}

export function parse(expr: string): Query {
  const text = withoutVariables(expr);
  const root = parser.parse(text).topNode;
  const wrong = find({ text, root }, '⚠')[0];
  if (wrong) {
    const context = text.slice(Math.max(0, wrong.from - 20), wrong.to + 20);
    throw new Error(
      `Expected PromQL, got an error at ${wrong.from} near ${JSON.stringify(context)} of ${expr}`,
    );
  }
  const expression = root.firstChild;
  if (!expression) throw new Error(`Expected PromQL, got nothing in ${JSON.stringify(expr)}`);
  return { text, root: expression };
}

/** Puts in what Grafana would: a span of time for its windows; others stand in quotes and may stay. */
const withoutVariables = (expr: string): string => expr.replaceAll(/\[\$\w+\]/g, '[1m]');

export const textOf = ({ text }: Query, { from, to }: Pick<SyntaxNode, 'from' | 'to'>): string =>
  text.slice(from, to);

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** All nodes of a name, in the order of the text. */
export function find({ root }: Query, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const walk = (node: SyntaxNode): void => {
    if (node.name === name || (name === '⚠' && node.type.isError)) found.push(node);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(root);
  return found;
}

/** Names of the metrics and recorded series that it asks for. */
export function metricsIn(query: Query): string[] {
  return find(query, 'VectorSelector').map((selector) => {
    const name = selector.firstChild;
    if (name?.name !== 'Identifier')
      throw new Error(`Expected a metric by its name, got ${textOf(query, selector)}`);
    return textOf(query, name);
  });
}
