import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab, partsOf, readProgress } from '@leak-lab/course';
import { incidentOf } from '@leak-lab/incident';
import { lab as threePatients } from '../../../labs/06-three-patients/lab.ts';
import { post, sendRequests } from '../../../services/leaky-service/test/load.ts';
import { filesIn, readBeside, readRoutes, withoutFolder } from './blind-lab.ts';
import { type LabCommand, untilAnswer } from './lab-command.ts';
import { processReadings, type Readings } from './telling.ts';

/** One of the services of a lab that has several. */
export interface ReadService {
  readonly name: string;
  /** What leaks there. */
  readonly id: string;
  readonly readings: Readings;
}

export interface ReadPatients {
  readonly services: readonly ReadService[];
  /** All that is of no single one of them, before the lab of the course began and while it runs. */
  readonly beside: { readonly before: Readings; readonly during: Readings };
}

/** Lab 06 with its three services, each of which leaks something else: all there is to read of each, and beside them. */
export async function readPatientsIn(lab: LabCommand): Promise<ReadPatients> {
  await lab.up();
  const before = withoutFolder(lab, await readBeside(lab));
  const { code, stderr } = await lab.run('start', threePatients.id);
  if (code !== 0) throw new Error(stderr);
  const { service, patients } = lab.state();
  const incidents = seedsIn(lab).map((seed) => incidentOf(seed).leaks[0]);
  const files = [
    ['/logs/service.log', '/shared/'],
    ...patients.map(({ name }) => [`/logs/${name}.log`, `/patients/${name}/`]),
  ];
  const services: ReadService[] = [];
  for (const [index, { url, process }] of [service, ...patients].entries()) {
    const { id = '', bytes_per_request = 0 } = incidents[index] ?? {};
    await untilGrown(url, bytes_per_request);
    const [log = '', own = ''] = files[index] ?? [];
    const folders = [own, `${own}incident`, `${own}reports`, `${own}endings`];
    const readings = withoutFolder(lab, [
      ...(await readRoutes(url)),
      ...processReadings('it', process?.pid ?? 0),
      ...folders.flatMap((folder) => filesIn(lab, folder)),
      ...filesIn(lab, 'logs').filter(([file]) => file === log),
    ]);
    // Under names that are the same for each, so that one can be held against the other.
    const alike = [...readings].map(([where, text]): [string, string] => [
      where.replace(log, '/its.log').replace(own, '/its/'),
      text,
    ]);
    services.push({ name: 'abc'[index] ?? '', id, readings: new Map(alike) });
  }
  const series = ['b', 'c'].map((name) => `/api/samples?service=${name}`);
  const during = withoutFolder(lab, [
    ...(await readBeside(lab, series)),
    ...(await Promise.all(
      ['check', 'progress'].map(
        async (command): Promise<[string, string]> => [`./lab ${command}`, (await lab.run(command)).stdout],
      ),
    )),
  ]);
  return { services, beside: { before, during: withoutChoices(during, threePatients) } };
}

/** More than what comes by chance: else nothing is there that could be told. */
async function untilGrown(url: string, bytes_per_request: number): Promise<void> {
  const held = async () =>
    ((await post(url, '/admin/gc')) as { after: { heap_used_bytes: number } }).after.heap_used_bytes;
  const begin_bytes = await held();
  await untilAnswer('growth', async () => {
    await sendRequests(url, 500);
    return (await held()) - begin_bytes > 1_000 * bytes_per_request;
  });
}

const seedsIn = (lab: LabCommand): readonly number[] =>
  readProgress(readFileSync(join(lab.folder, 'console/course/progress.json'), 'utf8')).session?.seeds ?? [];

/** What can be chosen is the same whatever is right. */
function withoutChoices(readings: Readings, lab: Lab): Readings {
  const choices = partsOf(lab)
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.kind === 'question' ? (item.form.choices ?? []) : []))
    .filter((choice) => choice.length > 1);
  return new Map(
    [...readings].map(([where, text]) => [
      where,
      choices.reduce((left, choice) => left.replaceAll(choice, ''), text),
    ]),
  );
}
