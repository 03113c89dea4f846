import type { AnswerForm } from '../answers/form.ts';
import { file } from '../answers/words.ts';

/** The same form, with a word for what there is none of. */
export const orNone = (form: AnswerForm, word: string): AnswerForm => ({
  ...form,
  shown: `${form.shown}; or ${word}`,
  read: (text) => {
    if (text.trim().toLowerCase() === word) return { kind: 'words', words: word };
    const reading = form.read(text);
    return reading.kind === 'refused' ? { ...reading, expected: `${reading.expected}, or ${word}` } : reading;
  },
});

/** One file or several, parted by commas: how many there are is not said. */
export function files(shown: string, guesses: readonly string[]): AnswerForm {
  const one = file(shown, guesses);
  return {
    ...one,
    read: (text) => {
      const named = listed(text);
      return named.length > 0 && named.every((name) => one.read(name).kind === 'words')
        ? { kind: 'words', words: named.join(', ') }
        : { kind: 'refused', expected: shown };
    },
  };
}

export const listed = (text: string): string[] =>
  text
    .split(/[,;]|\s+and\s+|\s+\+\s+/)
    .map((name) => name.trim())
    .filter(Boolean);
