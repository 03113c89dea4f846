/** How the page looks: as the system says, or as chosen here. */
export type ThemeChoice = 'system' | 'light' | 'dark';

export const themeChoices: readonly ThemeChoice[] = ['system', 'light', 'dark'];

export const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

const key = 'leak-lab.theme';

/** What was chosen on this machine; `system` where nothing was, or storage is closed to the page. */
export function readChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key);
    return themeChoices.find((choice) => choice === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Shows the page so; the style sheet reads the attribute. */
export function applyChoice(choice: ThemeChoice): void {
  document.documentElement.dataset['theme'] =
    choice === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : choice;
}

/** Keeps the choice for the next visit, where the browser lets it. */
export function keepChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // Private windows refuse storage; the choice then lasts as long as the page.
  }
}
