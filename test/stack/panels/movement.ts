import type { Line } from './draw.ts';

/** How a line goes over a span, in its own unit. */
export type Way =
  /** Ends so much above its beginning, or more. */
  | { readonly up: number }
  /** Ends within so much of its beginning. */
  | { readonly level: number }
  /** Ends within these. */
  | { readonly between: readonly [number, number] }
  /** Touches this value at some time. */
  | { readonly touches: number }
  /** Has numbers. */
  | 'shows';

export interface Expectation {
  /** "row / panel". */
  readonly panel: string;
  /** As the legend names it. */
  readonly line: string;
  readonly way: Way;
}

/** A single value may be off, of an odd moment; the middle of three is not. */
export const together = 3;

/** What is expected and did not come, in words; empty where all is well. */
export function unmet(expectations: readonly Expectation[], lines: readonly Line[]): string[] {
  return expectations.flatMap(({ panel, line: name, way }) => {
    const values = lines
      .filter((line) => line.panel === panel && line.name === name)
      .flatMap(({ points }) => points.map(({ value }) => value));
    if (values.length === 0) return [`${panel}: expected numbers for "${name}", got none`];
    const [first, last] = [middle(values.slice(0, together)), middle(values.slice(-together))];
    if (isMet(way, values, first, last)) return [];
    return [`${panel}: expected "${name}" to go ${JSON.stringify(way)}, it went from ${first} to ${last}`];
  });
}

function isMet(way: Way, values: readonly number[], first: number, last: number): boolean {
  if (way === 'shows') return true;
  if ('up' in way) return last - first >= way.up;
  if ('level' in way) return Math.abs(last - first) <= way.level;
  if ('touches' in way) return values.includes(way.touches);
  const [least, most] = way.between;
  return last >= least && last <= most;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
