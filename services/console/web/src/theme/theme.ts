import { effect, signal } from '@preact/signals';
import { applyChoice, keepChoice, readChoice, systemIsDark, type ThemeChoice } from './choice.ts';

/** What was chosen. */
export const themeChoice = signal<ThemeChoice>(readChoice());

/** Rises when the colours change: a canvas has to be drawn again, a style sheet has not. */
export const coloursChanged = signal(0);

const show = () => {
  applyChoice(themeChoice.value);
  coloursChanged.value = coloursChanged.peek() + 1;
};

effect(show);
systemIsDark.addEventListener('change', show);

export function chooseTheme(choice: ThemeChoice): void {
  keepChoice(choice);
  themeChoice.value = choice;
}
