import { useState } from 'preact/hooks';
import type { DiffRow } from '../../../src/api/contract.ts';
import { formatBytes, formatBytesDelta } from '../format/bytes.ts';
import { formatCount, formatCountDelta } from '../format/number.ts';
import { ShareBar } from '../parts/share-bar.tsx';
import { SortHead } from '../parts/sort-head.tsx';
import { type Sorting, sorted } from '../parts/sorting.ts';
import { type ClassColumn, classColumns, matching } from './class-order.ts';
import { look } from './here.ts';

interface Props {
  readonly rows: readonly DiffRow[];
  readonly chosen: DiffRow | undefined;
}

/** More rows than anybody reads; the filter finds the rest. */
const firstRows = 15;

/** The classes by what they hold more; one chosen shows what holds it. */
export function ClassTable({ rows, chosen }: Props) {
  const [sorting, sort] = useState<Sorting<ClassColumn>>({ by: 'retained', descending: true });
  const [filter, setFilter] = useState('');
  const [all, setAll] = useState(false);
  const found = sorted(matching(rows, filter), classColumns[sorting.by], sorting.descending);
  const shown = all ? found : found.slice(0, firstRows);
  const most = Math.max(1, ...rows.map(({ retained_delta_bytes }) => retained_delta_bytes));
  const head = { sorting, sort };
  return (
    <div class="class-table">
      <label class="filter">
        <span class="unseen">Filter by class, source or line</span>
        <input
          type="search"
          placeholder="Filter by class, source or line"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <span class="dim">
          {formatCount(found.length)} of {formatCount(rows.length)} classes
        </span>
      </label>
      <div class="table-scroll">
        <table class="table" aria-label="Classes">
          <thead>
            <tr>
              <SortHead label="Class" by="name" textual {...head} />
              <SortHead label="Count" by="count" {...head} />
              <th scope="col" class="num less">
                Made / gone
              </th>
              <SortHead label="Own" by="own" less {...head} />
              <SortHead label="Retained" by="retained" {...head} />
              <th scope="col" class="bar-head">
                <span class="unseen">Share of the greatest</span>
              </th>
              <SortHead label="Holds now" by="holds" less {...head} />
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.class_name} class={row === chosen ? 'chosen' : ''}>
                <td>
                  <button
                    type="button"
                    class="row-button"
                    aria-pressed={row === chosen}
                    onClick={() => look({ className: row.class_name })}
                  >
                    <span class="mono class-name">{row.class_name}</span>
                    {row.allocated_at !== null && (
                      <span class="dim mono joined">{row.allocated_at.location}</span>
                    )}
                  </button>
                </td>
                <td class="num">{formatCountDelta(row.count_delta)}</td>
                <td class="num dim turnover less">
                  {formatCount(row.added_count)} / {formatCount(row.deleted_count)}
                </td>
                <td class="num less">{formatBytesDelta(row.self_delta_bytes)}</td>
                <td class="num strong">{formatBytesDelta(row.retained_delta_bytes)}</td>
                <td class="bar">
                  <ShareBar share={row.retained_delta_bytes / most} />
                </td>
                <td class="num less">{formatBytes(row.retained_after_bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > shown.length && (
        <button type="button" class="small" onClick={() => setAll(true)}>
          Show all {formatCount(found.length)}
        </button>
      )}
    </div>
  );
}
