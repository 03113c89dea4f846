/** Series of a scrape: of each name the values with their labels. */
export type Scrape = ReadonlyMap<
  string,
  readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
>;

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/**
 * Reads Prometheus' text format, and OpenMetrics', which is like it for numbers. `undefined` where a line is neither a
 * comment nor a series, so that a page of HTML is no scrape.
 */
export function parseScrape(text: string): Scrape | undefined {
  const scrape = new Map<string, { labels: Record<string, string>; value: number }[]>();
  for (const row of text.split('\n')) {
    if (row.trim() === '' || row.startsWith('#')) continue;
    // An exemplar, which OpenMetrics puts after the value, has braces of its own.
    const [, name, labels = '', value = ''] = line.exec(row.replace(/ # \{.*$/, '')) ?? [];
    const number = numberOf(value);
    if (name === undefined || number === undefined) return undefined;
    const series = { labels: Object.fromEntries([...labels.matchAll(label)].map(pair)), value: number };
    const family = scrape.get(name);
    if (family === undefined) scrape.set(name, [series]);
    else family.push(series);
  }
  return scrape.size === 0 ? undefined : scrape;
}

const pair = ([, name = '', value = '']: RegExpMatchArray): [string, string] => [name, value];

/** As Prometheus reads numbers: the words in any case, since not all client libraries write them as the format has them. */
function numberOf(text: string): number | undefined {
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (word !== null) {
    const [, sign, name = ''] = word;
    if (name.toLowerCase() === 'nan') return Number.NaN;
    return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}

/** The sum of a family's values, those with these labels only; `null` where there are none, or none that is a number. */
export function sumOf(
  scrape: Scrape,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const chosen = scrape
    .get(name)
    ?.filter((series) => Object.entries(labels).every(([key, value]) => series.labels[key] === value))
    .map(({ value }) => value)
    .filter(Number.isFinite);
  return chosen === undefined || chosen.length === 0 ? null : chosen.reduce((sum, value) => sum + value, 0);
}
