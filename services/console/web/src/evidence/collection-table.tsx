import type { CollectionRow } from '../../../src/api/contract.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount, formatCountDelta } from '../format/number.ts';

/** Maps, sets, arrays and listeners that hold more than before. */
export function CollectionTable({ collections }: { readonly collections: readonly CollectionRow[] }) {
  if (collections.length === 0) return null;
  return (
    <div class="table-scroll collections">
      <table class="table">
        <caption>Collections that grow</caption>
        <thead>
          <tr>
            <th scope="col">Collection</th>
            <th scope="col">Owner</th>
            <th scope="col" class="num">
              Before
            </th>
            <th scope="col" class="num">
              After
            </th>
            <th scope="col" class="num">
              Grew by
            </th>
            <th scope="col" class="num">
              Retained
            </th>
          </tr>
        </thead>
        <tbody>
          {collections.map(({ name, owner, count_before, count_after, retained_after_bytes }, i) => (
            <tr key={i}>
              <td class="mono">{name}</td>
              <td class="mono">{owner}</td>
              <td class="num">{formatCount(count_before)}</td>
              <td class="num">{formatCount(count_after)}</td>
              <td class="num strong">{formatCountDelta(count_after - count_before)}</td>
              <td class="num">{formatBytes(retained_after_bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
