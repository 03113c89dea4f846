import { setTimeout as pause } from 'node:timers/promises';
import { askDocker, compose, listContainers } from '../docker/docker.ts';
import { LabError } from '../lab-error.ts';
import { readSettings } from '../settings.ts';
import { lockHolder, releaseLock } from '../state/lock.ts';
import { isAlive, type ProcessIdentity } from '../state/process-identity.ts';
import { openStateDirectory, type StateDirectory } from '../state/state-directory.ts';
import { clearLeftovers } from '../supervisor/leftovers.ts';

/** The supervisor gives its programs 6 s; longer than this it hangs. */
const patience_ms = 10_000;

/** `./lab down`: stops what runs, embedded or on Docker, and removes what a killed lab left. */
export async function down(options: { readonly volumes?: boolean }): Promise<void> {
  const directory = openStateDirectory(readSettings().state_directory);
  const embedded = await stopEmbedded(directory);
  const docker = await stopDocker(options.volumes ?? false);
  if (!embedded && !docker) console.log('Nothing was running.');
}

async function stopEmbedded(directory: StateDirectory): Promise<boolean> {
  const supervisor = lockHolder(directory);
  if (supervisor !== undefined) {
    process.kill(supervisor.pid, 'SIGTERM');
    if (!(await gone(supervisor))) {
      process.kill(supervisor.pid, 'SIGKILL');
      await gone(supervisor);
    }
  }
  const left = await clearLeftovers(directory);
  if (lockHolder(directory) === undefined) releaseLock(directory);
  if (supervisor !== undefined) console.log('The embedded lab is down.');
  else if (left !== undefined)
    console.log(`Cleared what a killed lab left (${left.processes.length} processes).`);
  return supervisor !== undefined || left !== undefined;
}

async function gone(identity: ProcessIdentity): Promise<boolean> {
  const end = Date.now() + patience_ms;
  while (isAlive(identity)) {
    if (Date.now() > end) return false;
    await pause(25);
  }
  return true;
}

async function stopDocker(volumes: boolean): Promise<boolean> {
  // What was recorded lies there after the last container is gone.
  if (askDocker().kind !== 'ready' || (listContainers().length === 0 && !volumes)) return false;
  const code = await compose(['--profile', '*', 'down', ...(volumes ? ['--volumes'] : [])]);
  if (code === 0) return true;
  throw new LabError({
    problem: `docker compose down ended with ${code}.`,
    came: 'its own words stand above',
    advice: 'docker compose ps --all shows what is left',
  });
}
