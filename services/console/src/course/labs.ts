import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '@leak-lab/course';

/** A lab with its texts, Markdown. */
export interface LoadedLab extends Lab {
  /** In the repository. */
  readonly folder: string;
  readonly text: string;
  readonly solution: string;
}

/** The labs of a folder, `NN-symptom` each that has a `lab.ts`, in their order. Rejects with an `Error` that names what is missing of which. */
export async function loadLabs(directory: string): Promise<readonly LoadedLab[]> {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name)
    // One lab that is not whole must not take the others away.
    .filter((name) => existsSync(join(directory, name, 'lab.ts')))
    .toSorted();
  return Promise.all(names.map((name) => loadLab(join(directory, name), name)));
}

async function loadLab(folder: string, name: string): Promise<LoadedLab> {
  const { lab } = (await import(pathToFileURL(join(folder, 'lab.ts')).href)) as { lab?: Lab };
  if (lab === undefined || lab.id !== name.slice(0, 2)) {
    throw new Error(
      `Expected labs/${name}/lab.ts to export a lab of the id ${name.slice(0, 2)}; got ${lab?.id}.`,
    );
  }
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { ...lab, folder: `labs/${name}`, text: read('README.md'), solution: read('solution.md') };
}
