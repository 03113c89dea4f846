import type { Evidence, GrowingLine } from '../evidence.ts';
import type { Truth } from '../lab.ts';

/** Below it a profile of samples says little. */
const leastGrowth_bytes = 6 * 1024 ** 2;
/** A line with as much of all growth is one that leads there. */
const leastShare = 0.3;

/** The lines that most of the growth since the lab began comes from. */
function leadingLines(evidence: Evidence): readonly GrowingLine[] | { readonly waits_for: string } {
  const grown = evidence.lines().filter(({ growth_bytes, line }) => growth_bytes > 0 && line > 0);
  const total = grown.reduce((sum, { growth_bytes }) => sum + growth_bytes, 0);
  const [first] = grown;
  if (first === undefined || total < leastGrowth_bytes)
    return { waits_for: 'more growth: half a minute of traffic and a profile, which is taken each 10 s' };
  return grown.filter(({ growth_bytes }) => growth_bytes >= leastShare * total);
}

const truthOf = (evidence: Evidence, name: (line: GrowingLine) => string): Truth => {
  const lines = leadingLines(evidence);
  return 'waits_for' in lines ? { kind: 'unknown', ...lines } : { kind: 'words', accepted: lines.map(name) };
};

export const fileOfGrowth = (evidence: Evidence): Truth => truthOf(evidence, (line) => line.file);
export const functionOfGrowth = (evidence: Evidence): Truth => truthOf(evidence, (line) => line.function);

/** The function that growth comes from, or one of those that make its values for it: each is a node of most of the growth. */
export function nodeOfGrowth(evidence: Evidence, makers: Readonly<Record<string, readonly string[]>>): Truth {
  const lines = leadingLines(evidence);
  return 'waits_for' in lines
    ? { kind: 'unknown', ...lines }
    : { kind: 'words', accepted: lines.flatMap((line) => [line.function, ...(makers[line.file] ?? [])]) };
}

/** The line where the function begins, as the profile has it. */
export function lineOfGrowth(evidence: Evidence): Truth {
  const lines = leadingLines(evidence);
  return 'waits_for' in lines
    ? { kind: 'unknown', ...lines }
    : { kind: 'number', values: lines.map(({ line }) => line), tolerance: 0 };
}

/** What someone might name who has not looked. */
export const servicesFiles: readonly string[] = [
  'response-cache.ts',
  'order-views.ts',
  'request-history.ts',
  'refresh-ahead.ts',
  'price-quotes.ts',
  'receive-buffers.ts',
  'blocklist.ts',
  'session-store.ts',
  'availability-check.ts',
  'order.ts',
  'data.ts',
  'context.ts',
];
export const servicesFunctions: readonly string[] = ['handle', 'set', 'handler', 'render', 'add', 'push'];
