import type { Course } from '../../../src/api/contract.ts';
import { ask } from '../api/client.ts';
import { course } from '../state/store.ts';

type Verb = 'start' | 'check' | 'answer' | 'hint' | 'traffic' | 'reset' | 'incident' | 'incident/off';

/** Asks the console for something of the course, and shows at once what it answers. Throws an `ApiError`. */
export async function askCourse(verb: Verb, body: object = {}): Promise<Course> {
  const answer = await ask<Course>('POST', `/api/course/${verb}`, body);
  course.value = answer;
  return answer;
}
