import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { root } from '../settings.ts';

const ending = '.soak.ts';
const places = ['test/soak/*', '{packages,services}/*/{src,test}/**/*'];

/** The parts of the soak by name, and the file of each. */
export function soakParts(folder: string = root): ReadonlyMap<string, string> {
  const files = places.flatMap((place) => globSync(`${place}${ending}`, { cwd: folder }));
  return new Map(files.toSorted().map((file) => [basename(file, ending), join(folder, file)]));
}

/** The file of one part. Throws a `LabError` that names all parts where there is none of this name. */
export function soakFile(part: string, parts: ReadonlyMap<string, string> = soakParts()): string {
  const file = parts.get(part);
  if (file !== undefined) return file;
  const names = [...parts.keys()].toSorted().join(', ');
  throw new LabError({
    problem: `The soak has no part "${part}".`,
    expected: `one of ${names}`,
    came: part,
    advice: './lab test --soak runs all of them; ./lab test --soak <part> runs one.',
  });
}
