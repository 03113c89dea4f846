import { useState } from 'preact/hooks';
import type { RunningLab } from '../../../src/api/contract.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { askCourse } from './ask-course.ts';

/** Those asked for so far, and the button for the next one. */
export function Hints({ running }: { readonly running: RunningLab }) {
  const asking = useAction();
  const [known, setKnown] = useState<number | null>(null);
  const { hints, passed } = running;
  const ask = async () => {
    const before = hints.length;
    let after = before;
    await asking.run(async () => {
      after = (await askCourse('hint')).running?.hints.length ?? 0;
    });
    setKnown(after === before ? before : null);
  };
  return (
    <section class="hints" aria-label="Hints">
      <div aria-live="polite">
        {hints.length > 0 && (
          <ol>
            {hints.map((hint, at) => (
              <li key={at}>{hint}</li>
            ))}
          </ol>
        )}
        {known === hints.length && <p class="about">No other hint for what you see now.</p>}
      </div>
      {!passed && (
        <button type="button" class="small" aria-busy={asking.busy} onClick={ask}>
          {hints.length === 0 ? 'Hint' : 'Another hint'}
        </button>
      )}
      <FaultText fault={asking.fault} />
    </section>
  );
}
