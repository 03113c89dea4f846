/** Names longer than this are not typed by people, and cost time to compare. */
const mostCharacters = 200;

/**
 * Names that could have been meant, nearest first: a letter or two wrong, then those that hold the text asked for or
 * are most of it, whatever the case.
 */
export function similarNames(asked: string, names: Iterable<string>, limit = 3): string[] {
  if (asked === '') return [];
  const wanted = asked.slice(0, mostCharacters).toLowerCase();
  const ranked = [...new Set(names)]
    .filter((name) => name.length > 0 && name.length <= mostCharacters)
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY);
  return ranked
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** How far a name is from the wanted one; infinite where it is another altogether. */
function distanceOf(wanted: string, name: string): number {
  const edits = editDistance(wanted, name);
  if (edits <= Math.max(1, Math.floor(wanted.length / 4))) return edits;
  const isMost = name.length >= (2 / 3) * wanted.length;
  const isPart = name.includes(wanted) || (isMost && wanted.includes(name));
  return isPart ? wanted.length + Math.abs(name.length - wanted.length) : Number.POSITIVE_INFINITY;
}

/** Levenshtein's: characters to put in, take out or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 0; at < a.length; at++) {
    const next = [at + 1];
    for (let index = 0; index < b.length; index++) {
      const replaced = (row[index] as number) + (a[at] === b[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] as number) + 1, (next[index] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
