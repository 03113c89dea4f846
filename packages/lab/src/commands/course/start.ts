import pc from 'picocolors';
import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { bringUp } from '../../course/bring-up.ts';
import { copyLines, layCopy } from '../../course/copy-to-mend.ts';
import { courseClient, labNumber } from '../../course/course-client.ts';
import { bringBack, keepCopy } from '../../course/kept-copy.ts';
import { bringPatients, removePatients } from '../../docker/patients.ts';
import { findLab, serviceUrls } from '../../running-lab.ts';
import { checkWritable } from '../../state/writing.ts';

/** `./lab start NN`: brings a lab to its beginning; the lab itself too, where it does not run. */
export async function start(
  number: string,
  { instead = false }: { readonly instead?: boolean },
): Promise<void> {
  const id = labNumber(number);
  if (!(await courseClient().isThere())) await bringUp();
  const client = courseClient();
  await bringBack();
  const lab = await client.lab(id);
  // Before anything begins: a lab whose file cannot be mended is none.
  if (lab.mends) checkWritable(findLab().directory.work);
  const { running: before } = await client.course();
  const isFree = before === null || before.passed || instead;
  const onDocker = findLab().embedded === undefined;
  if (onDocker && isFree && lab.services > 1) await bringPatients();
  const course = await client.inCourse<Course>('start', { lab: id, instead });
  await keepCopy();
  if (onDocker && lab.services === 1 && (before?.services ?? 1) > 1) await removePatients();
  const items = course.running?.items ?? [];
  const traffic = course.running?.traffic_per_second ?? 0;
  const running = { mends: course.running?.mends ?? null };
  layCopy(running);
  const lines = [
    pc.bold(`Lab ${id}: ${lab.title}`) + pc.dim(`  ${lab.minutes[0]} to ${lab.minutes[1]} minutes`),
    '',
    `  “${lab.call}”`,
    '',
    `You will: ${lab.learn}`,
    traffic === 0
      ? 'No traffic runs: you drive it yourself.'
      : `Customers ask${lab.services > 1 ? ' each service' : ''} for ${traffic} requests a second; ./lab traffic off holds them off.`,
    ...(lab.services > 1 ? serviceUrls(findLab()).map(([name, url]) => `  ${pc.bold(name)}  ${url}`) : []),
    ...(course.running?.notice == null ? [] : ['', pc.yellow(course.running.notice)]),
    '',
    ...copyLines(running),
    'Asked:',
    ...items.map(({ key, kind, ask }) => `  ${kind === 'question' ? `${pc.bold(key)}: ` : ''}${ask}`),
    '',
    `The text: ${lab.folder}/README.md, or ${client.url}/#/course/${id} beside the live picture.`,
    './lab check looks, ./lab answer KEY=VALUE answers, ./lab hint helps.',
  ];
  console.log(lines.join('\n'));
}
