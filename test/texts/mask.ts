/** What is another each time, and what stands for it: names first that hold digits, then times and sizes, then numbers. */
const masks: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one
  [/\u001b\[[\d;]*m/g, ''],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '#'],
  [/\b[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}\b/gi, '#'],
  [/\b(?=[a-f]*\d)[\da-f]{8,}\b/gi, '#'],
  [/\b\d{1,2}:\d\d(:\d\d(\.\d+)?)?\b/g, '#'],
  [/[▀-▟]+/g, '█'],
  [/[─━═]+/g, '─'],
  [/(?<![\w#)])[-+−](?=\d)/g, ''],
  [/\d+([,\u00a0\u202f]\d{3})*(\.\d+)?(e[-+]?\d+)?/gi, '#'],
  [/#([\u0020\u00a0\u202f]?)(B|[KMG]i?B|bytes)\b/g, '#$1B'],
  [/#[\u0020\u00a0\u202f]?(ns|µs|ms|s|min|h|d)\b( #[\u0020\u00a0\u202f]?(ms|s|min|h)\b)*/g, '# s'],
  [/[\s\u00a0\u202f]+/g, ' '],
];

/** A line of output with all that is another in each run masked: numbers, times, sizes, ids, bars, runs of spaces. */
export function mask(line: string): string {
  return masks.reduce((text, [what, by]) => text.replace(what, by), line).trim();
}
