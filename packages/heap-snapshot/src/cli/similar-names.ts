/** Names that hold the text asked for, or are held by it, whatever the case; the first few in their order. */
export function similarNames(asked: string, names: Iterable<string>, limit = 3): string[] {
  const wanted = asked.toLowerCase();
  const found = new Set<string>();
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (candidate.includes(wanted) || wanted.includes(candidate)) found.add(name);
    if (found.size === limit) break;
  }
  return [...found];
}
