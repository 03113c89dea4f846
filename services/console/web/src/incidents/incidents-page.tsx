import type { PastIncident } from '../../../src/api/contract.ts';
import { FaultText } from '../parts/fault.tsx';
import { useLoaded } from '../state/loaded.ts';
import { course } from '../state/store.ts';
import { BeginIncident } from './begin-incident.tsx';
import { PastTable } from './past-table.tsx';
import { RunningIncident } from './running-incident.tsx';
import { ScoreChart } from './score-chart.tsx';

/** The incident that runs, or the way into one; and those that are over. */
export function IncidentsPage() {
  const known = course.value;
  const running = known?.running?.incident ? known.running : null;
  const { value, fault } = useLoaded<{ readonly incidents: readonly PastIncident[] }>(
    '/api/course/incidents',
    {
      version: running?.started_at_ms,
    },
  );
  if (known === null) return <h1 class="unseen">Incidents</h1>;
  const past = value?.incidents ?? [];
  return (
    <>
      <h1>Incidents</h1>
      {running === null ? <BeginIncident course={known} /> : <RunningIncident running={running} />}
      <section class="past-incidents" aria-labelledby="past-incidents">
        <h2 id="past-incidents">Over</h2>
        <FaultText fault={value === null ? fault : null} />
        {past.length === 0 ? (
          <p class="empty">
            None is over so far. When one is, its score stands here, and it can be begun again.
          </p>
        ) : (
          <>
            <ScoreChart past={past} />
            <PastTable past={past} busyWith={running?.incident ?? null} />
          </>
        )}
      </section>
    </>
  );
}
