import { isWrong, ratioOf, type VerdictTrial } from './verdict-trial.ts';

/** What the trials of one subject came to. */
export interface Tally {
  readonly subject: string;
  readonly kind: VerdictTrial['kind'];
  readonly runs: number;
  readonly findings: ReadonlyMap<string, number>;
  readonly wrong: readonly VerdictTrial[];
  /** Measured by set, least and most; `undefined` where nothing was set. */
  readonly ratios: { readonly least: number; readonly most: number } | undefined;
  readonly set_bytes: { readonly least: number; readonly most: number } | undefined;
}

/** One tally for each subject, in the order in which they first came. */
export function tallies(trials: readonly VerdictTrial[]): Tally[] {
  return [...Map.groupBy(trials, ({ subject }) => subject)].map(([subject, of]) => ({
    subject,
    kind: (of[0] as VerdictTrial).kind,
    runs: of.length,
    findings: new Map(
      [...Map.groupBy(of, ({ finding }) => finding)].map(([name, some]) => [name, some.length]),
    ),
    wrong: of.filter(isWrong),
    ratios: span(of.map(ratioOf)),
    set_bytes: span(of.map(({ set_bytes }) => set_bytes)),
  }));
}

function span(values: readonly (number | undefined)[]): { least: number; most: number } | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : { least: Math.min(...known), most: Math.max(...known) };
}

/** The tallies as the lines of a Markdown table. */
export function tallyLines(all: readonly Tally[]): string[] {
  const bytes = (value: number): string => Math.round(value).toLocaleString('en');
  return [
    '| what | runs | set, bytes a unit | measured / set | verdicts | wrong |',
    '|---|---|---|---|---|---|',
    ...all.map(({ subject, runs, findings, wrong, ratios, set_bytes, kind }) => {
      const set =
        set_bytes && kind === 'leak' ? `${bytes(set_bytes.least)} to ${bytes(set_bytes.most)}` : '–';
      const measured = ratios ? `${ratios.least.toFixed(2)} to ${ratios.most.toFixed(2)}` : '–';
      const told = [...findings].map(([name, count]) => `${count} ${name}`).join(', ');
      return `| ${subject} | ${runs} | ${set} | ${measured} | ${told} | ${wrong.length} |`;
    }),
  ];
}
