import type { UnequalClass } from './classes.ts';

/**
 * Names that DevTools gives to a whole type of nodes. It adds up closures under a string of its own making,
 * `Function`, and an object whose own name is `Function` under the file's string; both get the key `,Function`
 * in the end, and the one added up later hides the other.
 */
const madeNames = new Set(['Function', 'RegExp', '(system)', '(compiled code)']);

/** The rule of DevTools' that makes a class unequal, as far as it is known. */
export function ruleBehind({ key, devtools, ours }: UnequalClass): string {
  const name = key.startsWith(',') ? key.slice(1) : '';
  if (madeNames.has(name) && (ours?.count ?? 0) > (devtools?.count ?? 0)) {
    return `two sums under one key: objects of type closure, and an object that is itself named ${name}; the later hides the other, however large (here the closures). heapdiff shows both together`;
  }
  return 'not yet explained';
}
