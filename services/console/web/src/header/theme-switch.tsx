import { type ThemeChoice, themeChoices } from '../theme/choice.ts';
import { chooseTheme, themeChoice } from '../theme/theme.ts';

const words: Readonly<Record<ThemeChoice, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function ThemeSwitch() {
  return (
    <label class="theme">
      <span class="unseen">Colours</span>
      <select
        value={themeChoice.value}
        onChange={(event) => {
          const chosen = themeChoices.find((choice) => choice === event.currentTarget.value);
          if (chosen) chooseTheme(chosen);
        }}
      >
        {themeChoices.map((choice) => (
          <option key={choice} value={choice}>
            {words[choice]}
          </option>
        ))}
      </select>
    </label>
  );
}
