import type { Snapshot } from '../snapshot.ts';
import { similarNames } from './similar-names.ts';

/**
 * Tells a class that has no objects left from one that there never was: the constructor of the former is still in the
 * snapshot. Returns undefined for the former, else what is wrong with the name and which could have been meant.
 * `classNames` are those that have objects.
 */
export async function complaintAbout(
  className: string,
  snapshot: Snapshot,
  classNames: readonly string[],
): Promise<string | undefined> {
  const functions: string[] = [];
  for (const kind of ['Function', '(compiled code)']) {
    const objects = await snapshot.objectsOf(kind, Number.POSITIVE_INFINITY);
    functions.push(...objects.map(({ name }) => name));
  }
  if (functions.includes(className)) return undefined;
  // V8's own code has names such as `(code for x)`, which nobody means.
  const meant = functions.filter((name) => !name.startsWith('('));
  const similar = similarNames(className, [...classNames, ...meant]);
  const hint =
    similar.length > 0
      ? `did you mean ${similar.join(' or ')}?`
      : className.startsWith('{')
        ? 'a shape is known while two such objects are alive; name the class that holds them instead.'
        : 'check how it is spelt.';
  return `no object of class ${className} was ever seen, nor a function of that name; ${hint}`;
}
