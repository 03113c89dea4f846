import { pressed, type Sorting } from './sorting.ts';

interface Props<Key extends string> {
  readonly label: string;
  readonly by: Key;
  readonly sorting: Sorting<Key>;
  readonly textual?: boolean;
  /** Left out on a small screen. */
  readonly less?: boolean;
  sort(sorting: Sorting<Key>): void;
}

/** The head of a column that can be sorted. */
export function SortHead<Key extends string>({
  label,
  by,
  sorting,
  textual = false,
  less = false,
  sort,
}: Props<Key>) {
  const active = sorting.by === by;
  const direction = sorting.descending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      class={`${textual ? '' : 'num'} ${less ? 'less' : ''}`}
      aria-sort={active ? direction : 'none'}
    >
      <button type="button" onClick={() => sort(pressed(sorting, by, textual))}>
        {textual && label}
        {active && (
          <span class="arrow" aria-hidden="true">
            {sorting.descending ? '↓' : '↑'}
          </span>
        )}
        {!textual && label}
      </button>
    </th>
  );
}
