import type { SnapshotRecord } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatTime } from '../format/clock.ts';
import { formatSeconds } from '../format/duration.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { type Action, useAction } from '../state/action.ts';
import type { Pair } from './pair.ts';

interface Props {
  readonly records: readonly SnapshotRecord[];
  readonly pair: Pair;
  choose(pair: Pair): void;
}

/** The snapshots kept, newest first, and which two are compared. */
export function SnapshotTable({ records, pair, choose }: Props) {
  const change = useAction();
  return (
    <>
      <div class="table-scroll">
        <table class="table snapshots" aria-label="Snapshots kept">
          <thead>
            <tr>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col" class="num">
                No.
              </th>
              <th scope="col">Taken</th>
              <th scope="col" class="num">
                Live heap
              </th>
              <th scope="col" class="num">
                File
              </th>
              <th scope="col" class="num">
                Process
              </th>
              <th scope="col">
                <span class="unseen">What to do with it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {records
              .toSorted((a, b) => b.taken_at_ms - a.taken_at_ms)
              .map((record) => (
                <Row key={record.id} record={record} pair={pair} choose={choose} change={change} />
              ))}
          </tbody>
        </table>
      </div>
      <FaultText fault={change.fault} />
    </>
  );
}

function Row({
  record,
  pair,
  choose,
  change,
}: Omit<Props, 'records'> & { readonly record: SnapshotRecord; readonly change: Action }) {
  const { id, pinned, fault } = record;
  const path = `/api/snapshots/${id}`;
  const radio = (side: keyof Pair) => (
    <td class="radio">
      <input
        type="radio"
        name={side}
        aria-label={`Snapshot ${id} as ${side}`}
        disabled={fault !== null}
        checked={pair[side] === id}
        onChange={() => choose({ ...pair, [side]: id })}
      />
    </td>
  );
  return (
    <tr class={pair.before === id || pair.after === id ? 'chosen' : ''}>
      {radio('before')}
      {radio('after')}
      <td class="num">{id}</td>
      <td>
        {formatTime(record.taken_at_ms)}
        <span class="dim"> in {formatSeconds(record.seconds)}</span>
        {pinned && <span class="tag pinned">pinned</span>}
        {fault !== null && <span class="row-fault">{fault}</span>}
      </td>
      <td class="num">{record.live_heap_bytes === null ? '–' : formatBytes(record.live_heap_bytes)}</td>
      <td class="num">{formatBytes(record.size_bytes)}</td>
      <td class="num">{record.pid}</td>
      <td class="row-actions small">
        <button
          type="button"
          class="quiet"
          aria-label={`${pinned ? 'Unpin' : 'Pin'} snapshot ${id}`}
          onClick={() => change.run(() => ask('PATCH', path, { pinned: !pinned }))}
        >
          {pinned ? 'Unpin' : 'Pin'}
        </button>
        <a class="row-link" href={`${path}/file`} download aria-label={`Download snapshot ${id}`}>
          Download
        </a>
        <ConfirmButton
          label="Delete"
          about={`snapshot ${id}`}
          kind="quiet"
          question={pinned ? `Delete snapshot ${id}, though it is pinned?` : `Delete snapshot ${id}?`}
          yes="Delete"
          onYes={() => change.run(() => ask('DELETE', path))}
        />
      </td>
    </tr>
  );
}
