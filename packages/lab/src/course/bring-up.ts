import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { root } from '../settings.ts';

/** `./lab up --detach`, seen by whoever waits for it. */
export async function bringUp(): Promise<void> {
  console.log('The lab does not run: ./lab up --detach');
  const main = join(root, 'packages/lab/src/main.ts');
  const child = spawn(process.execPath, [main, 'up', '--detach'], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  throw new LabError({
    problem: 'The lab could not be started.',
    came: `./lab up --detach ended with ${code}`,
    advice: './lab doctor says what of this machine is not fine; with Docker: ./lab up --docker',
  });
}
