import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { courseClient, runningIn } from '../../course/course-client.ts';
import { LabError } from '../../lab-error.ts';

/** `./lab traffic off|on|RATE`: how much the customers of a lab ask. */
export async function traffic(wanted: string): Promise<void> {
  const per_second = wanted === 'on' ? null : wanted === 'off' ? 0 : Number(wanted);
  if (per_second !== null && !(Number.isInteger(per_second) && per_second >= 0)) {
    throw new LabError({
      problem: 'That is no traffic.',
      expected: 'off, on (as the lab began), or requests a second as a whole number',
      came: JSON.stringify(wanted),
      advice: './lab traffic off',
    });
  }
  const running = runningIn(await courseClient().inCourse<Course>('traffic', { per_second }));
  console.log(
    running.traffic_per_second === 0
      ? 'The customers are held off: no traffic.'
      : `Customers ask for ${running.traffic_per_second} requests a second.`,
  );
}
