export interface Sorting<Key extends string> {
  readonly by: Key;
  readonly descending: boolean;
}

/** The sorting after its column's head is pressed: another column starts with what is greatest. */
export function pressed<Key extends string>(sorting: Sorting<Key>, by: Key, textual: boolean): Sorting<Key> {
  return by === sorting.by ? { by, descending: !sorting.descending } : { by, descending: !textual };
}

/** `rows` in the order of `value`; rows that are equal stay as they were. */
export function sorted<Row>(
  rows: readonly Row[],
  value: (row: Row) => number | string,
  descending: boolean,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (typeof x === 'string' && typeof y === 'string') return sign * x.localeCompare(y, 'en');
    return sign * (Number(x) - Number(y));
  });
}
