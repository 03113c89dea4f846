import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../packages/lab/src/settings.ts';
import { readServices } from '../stack/stack.ts';

/** Makes a folder with what a clone has, by links, and a `.lab` of its own. */
export function cloneLike(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-text-'));
  for (const name of readdirSync(root)) {
    if (name !== '.lab' && name !== '.git') symlinkSync(join(root, name), join(folder, name));
  }
  mkdirSync(join(folder, '.lab'));
  // An answer of 400 or more is a failure, as it is to the reader who sees it.
  writeFileSync(join(folder, '.lab/.curlrc'), 'fail-with-body\n');
  return folder;
}

/** A file for Compose beside the lab's own. */
export const overrideFile = (folder: string): string => join(folder, '.lab/override.json');

/**
 * What differs from the lab's own file: a learner's copies are those of this folder, and what has no image here is behind a profile
 * that nobody asks for: no test pulls one.
 */
export async function writeOverride(folder: string): Promise<void> {
  const work = join(folder, '.lab/work');
  mkdirSync(work);
  const { absent } = await readServices();
  const services = {
    'leaky-service': { volumes: [`${work}:/app/.lab/work:ro`] },
    console: { volumes: [`${work}:/app/.lab/work`] },
    ...Object.fromEntries(absent.map((name) => [name, { profiles: ['absent'] }])),
  };
  writeFileSync(overrideFile(folder), JSON.stringify({ services }));
}
