import { computed, signal } from '@preact/signals';
import type { Now } from '../../../src/api/contract.ts';
import { Choice } from '../parts/choice.tsx';
import { now } from '../state/store.ts';

type Mode = Now['mode'];

/** What the reader chose; `null`: that of the lab that runs. */
const chosen = signal<Mode | null>(null);

/** Whose commands a text shows. */
export const shownMode = computed<Mode>(() => chosen.value ?? now.value?.mode ?? 'embedded');

const options: readonly { readonly value: Mode; readonly text: string }[] = [
  { value: 'embedded', text: 'Without Docker' },
  { value: 'docker', text: 'Docker' },
];

/** Shows a text's commands for the other mode than that of the lab that runs; nothing where the text has none of their own. */
export function ModeSwitch({ html }: { readonly html: string }) {
  if (!html.includes('data-for=')) return null;
  return (
    <p class="mode-switch">
      <span>Commands for this lab</span>
      <Choice
        label="Whose commands the text shows"
        options={options}
        chosen={shownMode.value}
        choose={(mode) => {
          chosen.value = mode;
        }}
      />
    </p>
  );
}
