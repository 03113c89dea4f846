import type { AnswerForm } from './form.ts';

/** One of a few answers. Each may be written by its first word, where no other begins with it. */
export function choice(...choices: readonly string[]): AnswerForm {
  const expected = `one of: ${choices.join(', ')}`;
  const same = (words: string) => words.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return {
    shown: expected,
    choices,
    read: (text) => {
      const words = same(text);
      const found =
        choices.find((option) => same(option) === words) ??
        only(choices.filter((option) => words !== '' && same(option).startsWith(words)));
      return found === undefined ? { kind: 'refused', expected } : { kind: 'words', words: found };
    },
    same,
    guess: (random) => choices[Math.floor(random() * choices.length)] as string,
  };
}

/** A file of the service: its name is enough, with or without folder, ending and line. */
export const file = (shown: string, guesses: readonly string[]): AnswerForm =>
  name(shown, guesses, (text) => {
    const [path = ''] = text.trim().split(/:\d/);
    return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.[cm]?[jt]s$/, '').toLowerCase();
  });

/** A function or a property: `handle`, `handle()`, `ResponseCache.handle`, `Cache.#entries[3]`. */
export const identifier = (shown: string, guesses: readonly string[]): AnswerForm =>
  name(shown, guesses, (text) => {
    // `{id, page}` is a name too, however it is spaced.
    const bare = text.replaceAll(/\s+/g, '').replace(/\(.*\)$|(?<=.)\[\d+\]$/, '');
    return (bare.split(/[.#:]/).filter(Boolean).at(-1) ?? '').toLowerCase();
  });

function name(shown: string, guesses: readonly string[], same: AnswerForm['same']): AnswerForm {
  return {
    shown,
    choices: null,
    read: (text) =>
      same(text) === '' ? { kind: 'refused', expected: shown } : { kind: 'words', words: text.trim() },
    same,
    guess: (random) => guesses[Math.floor(random() * guesses.length)] as string,
  };
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
