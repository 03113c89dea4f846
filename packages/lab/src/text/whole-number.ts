import { LabError } from '../lab-error.ts';

/** What a whole number on the command line may be. */
export interface WholeNumber {
  /** As it is written: `--requests`. */
  readonly option: string;
  readonly least: number;
  /** No bound where it is left out. */
  readonly most?: number;
  /** A command that is right. */
  readonly advice: string;
  readonly exit_code?: number;
}

/** The whole number that `text` is, in digits alone. Throws a `LabError` that names the option. */
export function wholeNumber(text: string, { option, least, most, advice, exit_code }: WholeNumber): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= least && value <= (most ?? Number.MAX_SAFE_INTEGER)) return value;
  throw new LabError({
    problem: `${option} cannot be used.`,
    expected: `a whole number from ${least}${most === undefined ? '' : ` to ${most}`}`,
    came: JSON.stringify(text),
    advice,
    ...(exit_code !== undefined && { exit_code }),
  });
}
