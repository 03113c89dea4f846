import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdictLines, verdictOf } from '../src/index.ts';
import { type Recording, samplesOf } from './recording.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const recording: Recording = JSON.parse(readFileSync(here('recordings/procedure-cache-leaky.json'), 'utf8'));

/** What the sources say of a recorded leak, in the form of {@link consumerSays}. */
export function verdictOfSources() {
  const verdict = verdictOf(samplesOf(recording));
  return { verdict: JSON.parse(JSON.stringify(verdict)), lines: verdictLines(verdict), exitCode: 1 };
}

/** What a program in `project`, which has the package installed, says of the same readings, run by the Node at `node`. */
export function consumerSays(node: string, project: string): ReturnType<typeof verdictOfSources> {
  copyFileSync(here('consumer.mjs'), join(project, 'consumer.mjs'));
  writeFileSync(join(project, 'samples.json'), JSON.stringify(samplesOf(recording)));
  return JSON.parse(execFileSync(node, ['consumer.mjs', 'samples.json'], { cwd: project, encoding: 'utf8' }));
}
