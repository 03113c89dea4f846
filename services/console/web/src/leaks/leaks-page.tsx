import { ask } from '../api/client.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { isBlind, now } from '../state/store.ts';
import { LeakRow } from './leak-row.tsx';

/** The switches, where the lab has any to show. */
export function LeaksPage() {
  const reset = useAction();
  const collection = useAction();
  const last = now.value;
  const up = last?.service.state === 'up';
  if (last === null) return <h1 class="unseen">Leaks</h1>;
  if (isBlind.value) {
    return (
      <>
        <h1>Leaks</h1>
        <Empty>This lab is blind: it has no switches.</Empty>
      </>
    );
  }
  return (
    <>
      <h1>Leaks</h1>
      <p class="about">
        A leak that is off is not on a request’s path. What is on keeps about its bytes for each request, or
        what else it grows by, and nothing grows without requests: <code>./lab load</code> sends what it
        wants.
      </p>
      {!up && <p class="note">The service is not up: switches wait for its return.</p>}
      <div class="table-scroll card">
        <table class="table leaks" aria-label="Leaks">
          <thead>
            <tr>
              <th scope="col">Leak</th>
              <th scope="col">State</th>
              <th scope="col">Keeps, bytes</th>
              <th scope="col" class="num">
                Holds
              </th>
              <th scope="col" class="num">
                Entries
              </th>
            </tr>
          </thead>
          <tbody>
            {(last.leaks ?? []).map((leak) => (
              <LeakRow key={leak.id} leak={leak} disabled={!up} />
            ))}
          </tbody>
        </table>
      </div>
      <div class="buttons">
        <button
          type="button"
          disabled={!up || collection.busy}
          onClick={() => collection.run(() => ask('POST', '/api/gc'))}
        >
          {collection.busy ? 'Collecting …' : 'Collect garbage'}
        </button>
        <ConfirmButton
          label="Reset"
          question="Turn every leak off, let go of what they hold, set the upstream to its default and collect garbage?"
          yes="Reset"
          busy={!up || reset.busy}
          onYes={() => reset.run(() => ask('POST', '/api/reset'))}
        />
      </div>
      <FaultText fault={collection.fault} />
      <FaultText fault={reset.fault} />
    </>
  );
}
