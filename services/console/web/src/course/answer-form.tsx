import { useState } from 'preact/hooks';
import type { LabItem } from '../../../src/api/contract.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';
import { askCourse } from './ask-course.ts';

/** The box for an answer, or its choices; Enter sends. */
export function AnswerForm({ item: { key, ask, form, choices, given, saw } }: { readonly item: LabItem }) {
  const [typed, setTyped] = useState(given ?? '');
  const sending = useAction();
  const described = `form-${key}${saw === null ? '' : ` saw-${key}`}`;
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') void sending.run(() => askCourse('answer', { key, value: typed }));
      }}
    >
      {choices === null ? (
        <>
          <input
            type="text"
            name={key}
            aria-label={ask}
            aria-describedby={described}
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <Send busy={sending.busy} />
          <p class="form" id={`form-${key}`}>
            {form}
          </p>
        </>
      ) : (
        <>
          <fieldset aria-describedby={saw === null ? undefined : `saw-${key}`}>
            <legend class="unseen">{ask}</legend>
            {choices.map((choice) => (
              <label key={choice}>
                <input
                  type="radio"
                  name={key}
                  value={choice}
                  checked={typed === choice}
                  onChange={() => setTyped(choice)}
                />
                {choice}
              </label>
            ))}
          </fieldset>
          <Send busy={sending.busy} />
        </>
      )}
      <FaultText fault={sending.fault} />
    </form>
  );
}

function Send({ busy }: { readonly busy: boolean }) {
  // Not disabled meanwhile: the focus would be lost.
  return (
    <button type="submit" class="small" aria-busy={busy}>
      Send
    </button>
  );
}
