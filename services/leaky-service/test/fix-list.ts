import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moveImports } from '@leak-lab/course/workpiece';
import { type LabLeak, purposes } from '../../../labs/05-stop-the-bleeding/behaviour/purposes.ts';

const fixesFolder = resolve(import.meta.dirname, '../../../labs/05-stop-the-bleeding/fixes');

/** A fix of lab 05 as somebody might write it: `right`, `wrong` or `broken` is what its name begins with. */
export interface Fix {
  readonly id: LabLeak;
  readonly name: string;
}

/** Its code, as it would be written at `path`. */
export function textOf({ id, name }: Fix, path: string): string {
  const source = join(fixesFolder, id, `${name}.ts`);
  return moveImports(readFileSync(source, 'utf8'), source, path);
}

export const allFixes: readonly Fix[] = (Object.keys(purposes) as LabLeak[]).flatMap((id) =>
  readdirSync(join(fixesFolder, id)).map((file) => ({ id, name: file.replace(/\.ts$/, '') })),
);
