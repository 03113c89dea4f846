import { expect, it } from 'vitest';
import type { DiffRow } from '../../../src/api/contract.ts';
import { pressed, sorted } from '../parts/sorting.ts';
import { classColumns, matching, mostTelling } from './class-order.ts';

const row = (class_name: string, retained_delta_bytes: number, source: string | null = null): DiffRow => ({
  class_name,
  added_count: 0,
  deleted_count: 0,
  count_delta: 0,
  self_delta_bytes: 0,
  retained_before_bytes: 0,
  retained_after_bytes: 0,
  retained_delta_bytes,
  source,
  allocated_at: null,
  paths: [],
});

const rows = [row('Socket', 5), row('{body, storedAt}', 50, 'features/response-cache.ts:29'), row('Map', -3)];
const names = (some: readonly DiffRow[]) => some.map(({ class_name }) => class_name);

it('classes are found by name and by source, whatever the case', () => {
  expect(names(matching(rows, ' BODY '))).toEqual(['{body, storedAt}']);
  expect(names(matching(rows, 'response-cache'))).toEqual(['{body, storedAt}']);
  expect(matching(rows, '')).toBe(rows);
});

it('sorts by size and by name, both ways', () => {
  expect(names(sorted(rows, classColumns.retained, true))).toEqual(['{body, storedAt}', 'Socket', 'Map']);
  expect(names(sorted(rows, classColumns.name, false))).toEqual(['{body, storedAt}', 'Map', 'Socket']);
});

it('a column pressed again turns round; another one begins with the greatest, a name with A', () => {
  const by = { by: 'count', descending: true } as const;
  expect(pressed(by, 'count', false)).toEqual({ by: 'count', descending: false });
  expect(pressed<'count' | 'own'>(by, 'own', false)).toEqual({ by: 'own', descending: true });
  expect(pressed<'count' | 'name'>(by, 'name', true)).toEqual({ by: 'name', descending: false });
});

it('looks first at the objects that came and have a path, not at what contains them nor at what is V8’s', () => {
  const path = [{ count: 1, share_of_bytes: 1, steps: [] }];
  const grown = (name: string, bytes: number) => ({ ...row(name, bytes), count_delta: 5, paths: path });
  const telling = grown('{body}', 40);
  expect(mostTelling([row('Switchboard', 60), grown('Map', 50), grown('(string)', 45), telling])).toBe(
    telling,
  );
  expect(mostTelling(rows)).toBe(rows[1]);
  expect(mostTelling([])).toBeUndefined();
});
