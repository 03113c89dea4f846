/** An answer as it was understood, or why it was not. */
export type Reading =
  | { readonly kind: 'numbers'; readonly values: readonly number[] }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'refused'; readonly expected: string };

/** How answers to a question are written, and read. */
export interface AnswerForm {
  /** For people: "bytes, as 12.3 KB or 12600". */
  readonly shown: string;
  /** Where there are few answers, all of them. */
  readonly choices: readonly string[] | null;
  /** A number may be read in more than one way ("14.600"): all of them. */
  readonly read: (text: string) => Reading;
  /** What two ways of writing the same word have in common. */
  readonly same: (words: string) => string;
  /** An answer by someone who has not looked; `random` gives 0 to 1. */
  readonly guess: (random: () => number) => string;
}
