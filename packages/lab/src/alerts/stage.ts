import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Played, play, type Recording, readRules, scenes } from '@leak-lab/alert-exercise';
import { root } from '../settings.ts';

/** All scenes with what was recorded of them. */
export const readScenes = (): Played[] =>
  scenes.map((scene) => {
    const file = join(root, 'prometheus/tests/recordings', `${scene.name}.json`);
    return play(scene, JSON.parse(readFileSync(file, 'utf8')) as Recording);
  });

/** The series that the project's own rules record, and the file of each. */
export function recordedByProject(): Map<string, string> {
  const files = globSync('prometheus/rules/*.rules.yml', { cwd: root }).sort();
  return new Map(
    files.flatMap((path) =>
      readRules({ path, text: readFileSync(join(root, path), 'utf8') }).rules.flatMap(({ record }) =>
        record === undefined ? [] : [[record, path] as const],
      ),
    ),
  );
}
