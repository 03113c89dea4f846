import { partsOf } from './markdown.ts';

/** What a text's fence may say after `sh`; CONTRIBUTING.md says what each means. */
export const marks = ['background', 'fails', 'any-exit', 'answers', 'embedded', 'docker', 'ci'] as const;
export type Mark = (typeof marks)[number];

/** What a text shows as the output of the block before it. */
export interface ShownOutput {
  readonly line: number;
  readonly lines: readonly string[];
}

/** A block of commands, and what it shows of their output. */
export interface CommandBlock {
  readonly kind: 'commands';
  readonly line: number;
  readonly marks: ReadonlySet<Mark>;
  /** As printed, and where: the lines of the block that are not empty and no mere comment. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly shown: ShownOutput | undefined;
}

/** The text says that Ctrl-C is pressed now. */
export interface Interrupt {
  readonly kind: 'interrupt';
  readonly line: number;
}

export type Step = CommandBlock | Interrupt;

/** Reads what a Markdown text tells its reader to do, in order. Throws where a fence has a mark that nobody knows. */
export function readText(source: string): Step[] {
  const parts = partsOf(source);
  return parts.flatMap((part, index): Step[] => {
    const { line } = part;
    if (part.kind === 'strong') return part.text === 'Ctrl-C' ? [{ kind: 'interrupt', line }] : [];
    if (part.kind !== 'fence') return [];
    const [language, ...words] = part.info.split(/\s+/);
    if (language !== 'sh') return [];
    const next = parts[index + 1];
    const shown = next?.kind === 'fence' && /^(text)?$/.test(next.info) ? next : undefined;
    const block: CommandBlock = {
      kind: 'commands',
      line,
      marks: new Set(words.map((word) => markOf(word, line))),
      lines: part.text
        .split('\n')
        .map((text, at) => ({ line: line + 1 + at, text }))
        .filter(({ text }) => !/^\s*(#|$)/.test(text)),
      shown: shown && { line: shown.line + 1, lines: shown.text.split('\n') },
    };
    if (goesOn(block) && block.shown === undefined) {
      throw new Error(
        `line ${line}: expected a block with the output after a command that goes on, since the run waits for it; found none.`,
      );
    }
    return [block];
  });
}

/** Whether the last command of a block goes on until Ctrl-C. */
export function goesOn({ marks, lines }: Pick<CommandBlock, 'marks' | 'lines'>): boolean {
  return marks.has('background') || /\s#.*\buntil Ctrl-C\b/.test(lines.at(-1)?.text ?? '');
}

function markOf(word: string, line: number): Mark {
  const mark = marks.find((one) => one === word);
  if (mark !== undefined) return mark;
  throw new Error(
    `line ${line}: expected one of ${marks.join(', ')} after sh, came ${JSON.stringify(word)}.`,
  );
}
