import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgress } from '@leak-lab/course';
import type { PastIncident } from '../../../../../services/console/src/api/contract.ts';
import { ConsoleClient } from '../../console-client.ts';
import { historyLines } from '../../course/incident-words.ts';
import { LabError } from '../../lab-error.ts';
import { findLab } from '../../running-lab.ts';

/** `./lab incident history`: those that are over, with their scores; where the lab is down, what is kept on this machine. */
export async function history({ json = false }: { readonly json?: boolean }): Promise<void> {
  const past = await pastIncidents();
  console.log(json ? JSON.stringify(past, null, 2) : historyLines(past).join('\n'));
}

async function pastIncidents(): Promise<readonly PastIncident[]> {
  const { consoleUrl, directory } = findLab();
  const client = new ConsoleClient(consoleUrl);
  if (await client.isThere()) return (await client.incidents()).incidents;
  const file = join(directory.console, 'course/progress.json');
  if (!existsSync(file)) return [];
  try {
    const { incidents } = readProgress(readFileSync(file, 'utf8'));
    return incidents.map((one, index) => ({
      number: index + 1,
      ...one,
      percent: Math.round((100 * one.points) / one.of),
    }));
  } catch (error) {
    throw new LabError({
      problem: `${file} cannot be read: ${(error as Error).message}.`,
      expected: 'what is kept of the course and its incidents',
      advice: 'it is kept aside at the next start of the lab: ./lab up',
    });
  }
}
