import { join } from 'node:path';
import { incidentOf } from '@leak-lab/incident';
import { expect, it } from 'vitest';
import { root } from '../../packages/lab/src/settings.ts';
import type { PastIncident } from '../../services/console/src/api/contract.ts';
import { rightAnswers, secondsLeft } from '../course/incidents/answers.ts';
import { seedSoon } from '../course/incidents/expectations.ts';
import { copyIn, mendAt, untilSeen } from '../course/incidents/keep-up.ts';
import { look, untilRequests } from '../course/incidents/looks.ts';
import { Terminal } from '../texts/terminal.ts';

const ready_ms = 10_000;
const traffic_perSecond = 300;
/** More than the record needs to say what each request keeps. */
const looks = 6;
const urls = { service: 'http://localhost:8080', console: 'http://localhost:8088' };

it('an incident on Docker is begun, measured, mended, scored in full and kept', async () => {
  await using terminal = await Terminal.open('docker');
  const run = async (command: string) => {
    const { code, output } = await terminal.run(command);
    expect({ command, code, output }).toEqual({ command, code: 0, output });
    return output;
  };
  await run('./lab up --docker');
  const seed = seedSoon(2, ['history']);
  const incident = incidentOf(seed, 2);
  const begun_ms = performance.now();
  await run(`./lab incident --seed ${seed} --level 2`);
  expect(performance.now() - begun_ms, 'the time until an incident is ready').toBeLessThan(ready_ms);

  await run(`./lab traffic ${traffic_perSecond}`);
  for (let count = 0; count < looks; count++) await look(urls);
  const answers = rightAnswers(incident, await secondsLeft(urls.console, incident, traffic_perSecond));
  await run(
    `./lab answer ${Object.entries(answers)
      .map(([key, value]) => `'${key}=${value}'`)
      .join(' ')}`,
  );
  const { file = '' } = answers;
  // In the container it lies as deep as in the clone.
  mendAt(copyIn(await run(`./lab incident mend ${file}`)), file, join(root, '.lab/work', file));
  await run(`./lab incident mend ${file}`);
  await untilSeen({ look: () => look(urls), untilRequests: (more) => untilRequests(urls, more) });

  const past = JSON.parse(await run('./lab incident end --json')) as PastIncident;
  expect(past.parts.filter(({ points, of }) => points < of)).toEqual([]);
  expect(past.parts.find(({ key }) => key === 'bytes_each')?.was).toContain('measured');
  expect(await run('./lab incident history')).toMatch(new RegExp(`${seed} .*100 %`));
});
