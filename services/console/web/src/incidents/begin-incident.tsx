import { useState } from 'preact/hooks';
import type { Course, IncidentLevel } from '../../../src/api/contract.ts';
import { askCourse } from '../course/ask-course.ts';
import { Choice } from '../parts/choice.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';

const levels: readonly { readonly value: IncidentLevel; readonly text: string; readonly about: string }[] = [
  { value: 1, text: 'Level 1', about: 'Find out: leak or not, what, where, how long.' },
  { value: 2, text: 'Level 2', about: 'Find out, and keep the service up or mend it.' },
  { value: 3, text: 'Level 3', about: 'Two at once, or under a load that hides it.' },
];

/** What is no number goes as it is: the API says what it expected. */
const seedIn = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** The way into an incident. */
export function BeginIncident({ course: { running } }: { readonly course: Course }) {
  const [level, setLevel] = useState<IncidentLevel>(1);
  const [seed, setSeed] = useState('');
  const action = useAction();
  const other = running !== null && !running.passed ? running.id : null;
  const begin = () =>
    void action.run(() =>
      askCourse('incident', {
        level,
        instead: other !== null,
        ...(seed.trim() !== '' && { seed: seedIn(seed.trim()) }),
      }),
    );
  return (
    <section class="begin-incident" aria-label="Begin an incident">
      <p class="page-text">
        A message, a clock, and a service with a leak or with what only looks like one. Answer what is asked,
        with all that this page and the terminal can show you; it is scored when you end it. The same in a
        terminal: <code>./lab incident</code>.
      </p>
      <Choice<IncidentLevel> label="Level" options={levels} chosen={level} choose={setLevel} />
      <p class="about">{levels.find(({ value }) => value === level)?.about}</p>
      <label class="seed">
        Seed, for the same one as somebody else (a whole number; any by default)
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={seed}
          onInput={(event) => setSeed(event.currentTarget.value)}
        />
      </label>
      <div class="buttons" aria-busy={action.busy}>
        {other === null ? (
          <button type="button" class="primary" disabled={action.busy} onClick={begin}>
            {action.busy ? 'Beginning …' : 'Begin'}
          </button>
        ) : (
          <ConfirmButton
            label={action.busy ? 'Beginning …' : 'Begin'}
            question={`Lab ${other} runs. End it and begin an incident?`}
            yes={`End ${other}, begin`}
            busy={action.busy}
            onYes={begin}
          />
        )}
      </div>
      <FaultText fault={action.fault} />
    </section>
  );
}
