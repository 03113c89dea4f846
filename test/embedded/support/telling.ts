import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that somebody could read, by where it is. */
export type Readings = ReadonlyMap<string, string>;

/** What customers ask and a sample counts in each incident, whatever goes wrong: the names of it tell nothing. */
const inEach = /\/api\/blocklist\/reload|"keys":\d+/g;

const linesOf = (text: string): string[] => text.split(/[\n\0]/);

/**
 * The lines of `readings` in which one of `words` stands as a word and that are not the same, to the last figure, in each of `others`:
 * what is there whatever goes wrong tells nothing of it.
 */
export function tellingLines(
  readings: Readings,
  words: readonly string[],
  others: readonly Readings[],
): string[] {
  const word = new RegExp(`(?<![a-z])(?:${words.map((one) => RegExp.escape(one)).join('|')})(?![a-z])`, 'i');
  return [...readings].flatMap(([where, text]) => {
    const elsewhere = others.map((other) => new Set(linesOf(other.get(where) ?? '')));
    return linesOf(text)
      .filter((line) => !elsewhere.every((lines) => lines.has(line)))
      .map((line) => line.replaceAll(inEach, ''))
      .filter((line) => word.test(line))
      .map((line) => `${where}: ${around(line, word)}`);
  });
}

/** Arguments and environment of a process, where this machine shows them. */
export function processReadings(name: string, pid: number): [string, string][] {
  return ['cmdline', 'environ'].flatMap((part): [string, string][] => {
    const file = `/proc/${pid}/${part}`;
    return existsSync(file) ? [[`${part} of ${name}`, readFileSync(file, 'latin1')]] : [];
  });
}

/** The text files right in a folder. */
export function fileReadings(folder: string): [string, string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [join(folder, name), readFileSync(join(folder, name), 'latin1')]);
}

/** The line as far as it is near to the first of the words. */
function around(line: string, word: RegExp): string {
  const at = line.search(word);
  return line.slice(Math.max(0, at - 150), at + 150);
}
