import { useState } from 'preact/hooks';
import { askCourse } from '../course/ask-course.ts';
import { FaultText } from '../parts/fault.tsx';
import { useAction } from '../state/action.ts';

/** Switches a feature of the service off; whether it leaked is not said. */
export function SwitchOff() {
  const [file, setFile] = useState('');
  const action = useAction();
  return (
    <form
      class="answer switch-off"
      onSubmit={(event) => {
        event.preventDefault();
        if (file.trim() !== '') void action.run(() => askCourse('incident/off', { file: file.trim() }));
      }}
    >
      <label>
        Switch a feature off, by its file
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          maxLength={100}
          value={file}
          onInput={(event) => setFile(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="small" aria-busy={action.busy}>
        Switch off
      </button>
      <p class="about">
        To mend it instead, in a terminal: <code>./lab incident mend FILE</code>.
      </p>
      <FaultText fault={action.fault} />
    </form>
  );
}
