/**
 * What could move a terminal's cursor, reorder a line or break it: control characters, line and paragraph
 * separators, bidirectional controls, lone surrogates, and spaces of no width.
 */
const unsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** The most characters of a name that a table shows. */
const defaultLength = 100;

/**
 * A name out of a snapshot, made safe to print on one line: what is unsafe becomes a visible escape
 * (`\x1b`, `\u202e`), and what is too long is cut and says how long it was.
 */
export function safeText(text: string, maxLength: number = defaultLength): string {
  if (text.length <= maxLength) return escapeUnsafe(text);
  return `${escapeUnsafe(cut(text, maxLength))}… (${text.length.toLocaleString('en')} characters)`;
}

/** Replaces each unsafe character by its escape as JavaScript and JSON write it; the length is kept whole. */
export function escapeUnsafe(text: string): string {
  return text.replace(unsafe, escapeCharacter);
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The first characters of a text, never half of a surrogate pair. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
