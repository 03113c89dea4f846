import { basename, join } from 'node:path';
import { isEdited, makeWorkpiece } from '@leak-lab/course/workpiece';
import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { courseClient } from '../../course/course-client.ts';
import { findLab } from '../../running-lab.ts';
import { root } from '../../settings.ts';
import { incidentIn } from './under-way.ts';

/** A file as people name it: with or without folder and ending. */
const nameOf = (file: string): string => `${basename(file).replace(/\.[cm]?[jt]s(:\d+)?$/, '')}.ts`;

/** `./lab incident off FILE`: switches that feature off. */
export async function off(file: string): Promise<void> {
  const client = courseClient();
  incidentIn(await client.course());
  await client.inCourse<Course>('incident/off', { file: nameOf(file) });
  console.log(
    `${nameOf(file)} is off: it has no part in any request. What it held it holds on to until a restart.`,
  );
}

/** `./lab incident mend FILE`: makes a copy to be mended; once that was edited, puts it into the service. */
export async function mend(file: string): Promise<void> {
  const client = courseClient();
  incidentIn(await client.course());
  const source = join(root, 'services/leaky-service/src/features', nameOf(file));
  const { work } = findLab().directory;
  const { path } = makeWorkpiece(source, work);
  if (!isEdited(source, work)) {
    console.log(`Yours to mend: ${path}. When you have, the same command puts it into the service.`);
    return;
  }
  await client.inCourse<Course>('incident/mend', { file: nameOf(file) });
  console.log(
    `Your ${nameOf(file)} is in the service now. Whether it is flat is for you to see: it is scored at the end.`,
  );
}
