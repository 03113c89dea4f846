/** `list` with `item` in it once: in the place of the one with its id, else last. */
export function withItem<T extends { readonly id: number }>(list: readonly T[], item: T): readonly T[] {
  const index = list.findIndex(({ id }) => id === item.id);
  return index < 0 ? [...list, item] : list.with(index, item);
}

/** The two lists as one, each id once, by time. What is in `newer` wins. */
export function merged<T extends { readonly id: number; readonly time_ms: number }>(
  older: readonly T[],
  newer: readonly T[],
): readonly T[] {
  const byId = new Map([...older, ...newer].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => a.time_ms - b.time_ms || a.id - b.id);
}
