import { LabError } from '../lab-error.ts';
import { patientNames } from '../supervisor/program.ts';
import { compose } from './docker.ts';

const profile = ['--profile', 'patients'];

/** Starts the services that a lab has beside the first, on Docker. Throws a `LabError` with the way to do it by hand. */
export async function bringPatients(): Promise<void> {
  console.log('The lab has services beside the first: docker compose --profile patients up -d');
  const code = await compose([...profile, 'up', '--detach', '--wait', '--no-deps', ...patientNames]);
  if (code === 0) return;
  throw new LabError({
    problem: 'The services that the lab has beside the first could not be started.',
    expected: `${patientNames.join(' and ')} healthy`,
    came: `docker compose ended with ${code}; its own words stand above`,
    advice: 'docker compose --profile patients up -d starts them by hand; ./lab status shows the containers',
  });
}

/** Takes them away. Where that fails they stay, and ./lab down ends them. */
export async function removePatients(): Promise<void> {
  await compose([...profile, 'rm', '--stop', '--force', ...patientNames]);
}
