import { Marked, type Token, type Tokens } from 'marked';

/** A part of a text, and its first line. */
export type Part =
  | { readonly kind: 'fence'; readonly line: number; readonly info: string; readonly text: string }
  | { readonly kind: 'strong' | 'heading' | 'prose'; readonly line: number; readonly text: string }
  | { readonly kind: 'link'; readonly line: number; readonly to: string };

const marked = new Marked();

/** The parts of a Markdown text in order: fences, headings, what is bold, where links and pictures lead, the rest. */
export function partsOf(source: string): Part[] {
  const lines = source.split('\n');
  let at = 0;
  // Tokens have no place of their own, but stand in the order of the lines.
  const lineOf = (isIt: (line: string) => boolean): number => {
    const found = lines.findIndex((line, index) => index >= at && isIt(line));
    if (found !== -1) at = found;
    return at + 1;
  };
  const parts: Part[] = [];
  marked.walkTokens(marked.lexer(source), (token) => {
    const part = partOf(token as Tokens.Generic & Token, lineOf);
    if (part !== undefined) parts.push(part);
    // Two fences that say the same must not be found at one place.
    if (part?.kind === 'fence') at += part.text.split('\n').length + 2;
  });
  return parts;
}

function partOf(
  token: Tokens.Generic,
  lineOf: (isIt: (line: string) => boolean) => number,
): Part | undefined {
  const { type, raw } = token;
  const first = raw.trimStart().split('\n', 1)[0] ?? '';
  const line = () => lineOf((one) => one.includes(first.trimEnd()));
  switch (type) {
    case 'code':
      return { kind: 'fence', line: line(), info: String(token['lang'] ?? '').trim(), text: token['text'] };
    case 'strong':
      return { kind: 'strong', line: line(), text: token['text'] };
    case 'heading':
      return { kind: 'heading', line: line(), text: token['text'] };
    case 'link':
    case 'image':
      return { kind: 'link', line: line(), to: token['href'] };
    case 'paragraph':
      return { kind: 'prose', line: line(), text: token['text'] };
    default:
      return undefined;
  }
}
