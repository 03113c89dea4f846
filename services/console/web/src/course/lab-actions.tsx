import type { Course, LabSummary } from '../../../src/api/contract.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { askCourse } from './ask-course.ts';

interface Props {
  readonly lab: LabSummary;
  readonly course: Course;
}

/** Start a lab, begin it anew, end it. */
export function LabActions({ lab, course: { labs, running } }: Props) {
  const action = useAction();
  const { busy } = action;
  const start = (instead: boolean) => action.run(() => askCourse('start', { lab: lab.id, instead }));
  const here = running?.id === lab.id;
  const other = running !== null && !here && !running.passed ? running.id : null;
  const otherTitle = labs.find(({ id }) => id === other)?.title ?? '';
  return (
    <div class="lab-actions">
      <div class="buttons" aria-busy={busy}>
        {!here && other === null && (
          <button type="button" class="primary" disabled={busy} onClick={() => start(false)}>
            {busy ? 'Starting …' : 'Start'}
          </button>
        )}
        {other !== null && (
          <ConfirmButton
            label={busy ? 'Starting …' : 'Start'}
            question={
              otherTitle === ''
                ? 'An incident runs. End it, which scores it, and begin this lab?'
                : `Lab ${other}, ${otherTitle}, runs. End it and begin this one?`
            }
            yes={`End ${other}, start ${lab.id}`}
            busy={busy}
            onYes={() => start(true)}
          />
        )}
        {here && (
          <>
            <ConfirmButton
              label={busy ? 'Working …' : 'Begin anew'}
              question="Begin this lab anew, with other figures? The answers given in this run are gone."
              yes="Begin anew"
              busy={busy}
              onYes={() => start(true)}
            />
            <ConfirmButton
              label="End"
              question="End the lab? The service is as after a start then; that you passed stays."
              yes="End it"
              busy={busy}
              onYes={() => action.run(() => askCourse('reset'))}
            />
          </>
        )}
        {(lab.standing === 'passed' || lab.standing === 'given_up' || lab.standing === 'begun') && (
          <ConfirmButton
            kind="quiet"
            label="Forget"
            question="Forget what you reached in this lab? No lab runs after it."
            yes="Forget it"
            busy={busy}
            onYes={() => action.run(() => askCourse('reset', { lab: lab.id }))}
          />
        )}
      </div>
      <FaultText fault={action.fault} />
    </div>
  );
}
