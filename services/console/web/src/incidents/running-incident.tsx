import type { RunningLab } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { CheckItem } from '../course/check-item.tsx';
import { CourseCharts } from '../course/course-charts.tsx';
import { SpokenChanges } from '../course/spoken-changes.tsx';
import { Traffic } from '../course/traffic.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { clock_ms, course } from '../state/store.ts';
import { clockText } from './clock.ts';
import { SwitchOff } from './switch-off.tsx';

/** The incident under way: its message, the clock, what the service does, and what is asked. */
export function RunningIncident({ running }: { readonly running: RunningLab }) {
  const ending = useAction();
  const { incident, part, items, notice, traffic_per_second, started_at_ms } = running;
  const questions = items.filter(({ kind }) => kind === 'question');
  const given = questions.filter(({ state }) => state === 'kept').length;
  if (incident === null) return null;
  const end = async () => {
    await ask('POST', '/api/course/incident/end', {});
    const known = course.value;
    if (known !== null) course.value = { ...known, running: null };
  };
  return (
    <section class="incident" aria-label="The incident that runs">
      <header class="incident-head">
        <p class="about">
          Incident {incident.seed}, level {incident.level}
        </p>
        <p class="incident-clock" role="timer">
          <span>{clockText(incident.begun_ms, clock_ms.value)}</span> since the call
        </p>
      </header>
      <blockquote class="call">
        <p>{part.call}</p>
      </blockquote>
      {notice !== null && <p class="note note-warn">{notice}</p>}
      <div class="lab-columns">
        <section class="checks" aria-label="What is asked">
          <header>
            <h2>What is asked</h2>
            <p class="about">
              {given} of {questions.length} answered
            </p>
          </header>
          <SpokenChanges running={running} />
          <ol class="check-list">
            {items.map((item) => (
              <CheckItem key={`${started_at_ms} ${item.key}`} item={item} />
            ))}
          </ol>
          {incident.level >= 2 && <SwitchOff />}
          <ConfirmButton
            label={ending.busy ? 'Scoring …' : 'End and score'}
            question={
              given < questions.length
                ? `End it? ${questions.length - given} of ${questions.length} are not answered.`
                : 'End it, and have it scored?'
            }
            yes="End it"
            busy={ending.busy}
            onYes={() => void ending.run(end)}
          />
          <FaultText fault={ending.fault} />
        </section>
        <aside class="lab-aside" aria-label="The service">
          <CourseCharts services={1} />
          <Traffic per_second={traffic_per_second} />
        </aside>
      </div>
    </section>
  );
}
