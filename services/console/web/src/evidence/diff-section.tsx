import type { Diff, DiffSummary } from '../../../src/api/contract.ts';
import { formatSeconds } from '../format/duration.ts';
import { Empty } from '../parts/empty.tsx';
import { FaultText } from '../parts/fault.tsx';
import { Section } from '../parts/section.tsx';
import { useLoaded } from '../state/loaded.ts';
import { diffProgress } from '../state/store.ts';
import { ClassDetail } from './class-detail.tsx';
import { mostTelling } from './class-order.ts';
import { ClassTable } from './class-table.tsx';
import { CollectionTable } from './collection-table.tsx';
import { here, look } from './here.ts';

/** What changed between two snapshots: classes, what holds them, collections that grow. */
export function DiffSection() {
  const { diff: asked, className } = here();
  const told = diffProgress.value;
  const made = useLoaded<{ readonly diffs: readonly DiffSummary[] }>('/api/diffs', {
    version: `${told?.id} ${told?.status}`,
  });
  const diffs = made.value?.diffs ?? [];
  const id = asked ?? diffs[0]?.id ?? null;
  const about = told !== null && told.id === id ? told : null;
  const { value, fault } = useLoaded<Diff>(id === null ? null : `/api/diffs/${id}`, {
    version: about?.status,
  });
  const status = about !== null && about.status === 'running' ? about : value;
  if (status === null) {
    return (
      <Section title="What grew between two snapshots">
        <FaultText fault={fault ?? made.fault} />
        {id === null && !made.loading && made.fault === null && (
          <Empty>
            Nothing was compared yet. It takes two snapshots: one before, and one after some hundred requests.
          </Empty>
        )}
      </Section>
    );
  }
  const chosen =
    value?.rows.find(({ class_name }) => class_name === className) ?? mostTelling(value?.rows ?? []);
  return (
    <Section
      title={`What grew between snapshots ${status.before} and ${status.after}`}
      about={status.seconds === null ? undefined : `compared in ${formatSeconds(status.seconds)}`}
      aside={diffs.length > 1 && <Comparisons diffs={diffs} shown={status.id} />}
    >
      {status.status === 'running' && <Progress ratio={status.progress} message={status.message} />}
      {status.status === 'failed' && (
        <p class="note note-fault">{status.message ?? 'The comparison failed.'}</p>
      )}
      {value?.status === 'done' && status.status === 'done' && (
        <>
          {status.message !== null && <p class="note">{status.message}</p>}
          <div class="two two-wide">
            <div>
              <ClassTable rows={value.rows} chosen={chosen} />
              <CollectionTable collections={value.collections} />
            </div>
            {chosen !== undefined && <ClassDetail key={chosen.class_name} row={chosen} />}
          </div>
        </>
      )}
    </Section>
  );
}

function Comparisons({ diffs, shown }: { readonly diffs: readonly DiffSummary[]; readonly shown: number }) {
  return (
    <label>
      <span class="unseen">Comparison shown</span>
      <select
        value={shown}
        onChange={(event) => look({ diff: Number(event.currentTarget.value), className: null })}
      >
        {diffs.map(({ id, before, after }) => (
          <option key={id} value={id}>
            {before} with {after}
          </option>
        ))}
      </select>
    </label>
  );
}

function Progress({ ratio, message }: { readonly ratio: number; readonly message: string | null }) {
  const percent = Math.round(ratio * 100);
  return (
    <div class="progress-line">
      <div
        class="progress"
        role="progressbar"
        aria-label="Comparing"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <span>
        {percent} % {message}
      </span>
    </div>
  );
}
