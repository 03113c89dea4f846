/** The line, from 1, in which a method of that name is written; `null` where there is none. */
export function lineOfMethod(text: string, name: string): number | null {
  const method = new RegExp(`^\\s*(?:async\\s+|readonly\\s+|public\\s+)*${RegExp.escape(name)}\\s*(?:\\(|=)`);
  const at = text.split('\n').findIndex((line) => method.test(line));
  return at < 0 ? null : at + 1;
}
