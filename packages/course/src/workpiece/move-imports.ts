import { dirname, posix, relative, resolve, sep } from 'node:path';

/** The place of a module's name after `from`, after a bare `import` and in a call of `import()`. */
const specifier = /((?:\bfrom|\bimport)\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\2/g;

/**
 * A module's text with its relative imports written so that they lead to the same files from elsewhere. `from` and `to` are the paths
 * of the module itself, absolute.
 */
export function moveImports(text: string, from: string, to: string): string {
  return text.replaceAll(specifier, (_, before: string, quote: string, name: string) => {
    const moved = relative(dirname(to), resolve(dirname(from), name))
      .split(sep)
      .join(posix.sep);
    return `${before}${quote}${moved.startsWith('.') ? moved : `./${moved}`}${quote}`;
  });
}
