import { useState } from 'preact/hooks';
import type { Diff, SnapshotRecord } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { formatBytes } from '../format/bytes.ts';
import { Empty } from '../parts/empty.tsx';
import { FaultText } from '../parts/fault.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../state/action.ts';
import { snapshots } from '../state/store.ts';
import { GuardCard } from './guard-card.tsx';
import { look } from './here.ts';
import { type Pair, pairOf } from './pair.ts';
import { SnapshotTable } from './snapshot-table.tsx';

/** Snapshots: the guard's word, the shelf, and two of them to compare. */
export function SnapshotsSection() {
  const list = snapshots.value;
  const [wanted, setWanted] = useState<Pair>({ before: null, after: null });
  const records = list?.snapshots ?? [];
  const pair = pairOf(records, wanted);
  return (
    <Section
      title="Snapshots"
      about={
        list === null
          ? undefined
          : `${records.length} kept, at most ${list.kept_at_most} or ${formatBytes(list.kept_at_most_bytes)}; those not pinned go first`
      }
    >
      <div class="two two-guard">
        <GuardCard underWay={list?.under_way ?? false} />
        <div>
          {records.length === 0 ? (
            <Empty>
              None yet. Take one early, before the leak has grown; then another, and compare them.
            </Empty>
          ) : (
            <>
              <SnapshotTable records={records} pair={pair} choose={setWanted} />
              <Compare records={records} pair={pair} />
            </>
          )}
        </div>
      </div>
    </Section>
  );
}

function Compare({ records, pair }: { readonly records: readonly SnapshotRecord[]; readonly pair: Pair }) {
  const comparison = useAction();
  const [before, after] = [pair.before, pair.after].map((id) => records.find((record) => record.id === id));
  const ready = before !== undefined && after !== undefined && before !== after;
  const compare = () =>
    comparison.run(async () => {
      const { id } = await ask<Diff>('POST', '/api/diffs', { before: before?.id, after: after?.id });
      look({ diff: id, className: null });
    });
  return (
    <div class="compare">
      <button type="button" class="primary" disabled={!ready || comparison.busy} onClick={compare}>
        {ready ? `Compare ${before.id} with ${after.id}` : 'Compare'}
      </button>
      <p class="dim">
        {!ready && 'Choose a snapshot as before and another as after.'}
        {ready &&
          before.pid !== after.pid &&
          'Different processes: classes are compared, single objects cannot be.'}
      </p>
      <FaultText fault={comparison.fault} />
    </div>
  );
}
