import { learnersFile } from '../work/code-place.ts';
import type { Project } from './attribution.ts';

/** The service's own code. Orders are made for every part of it: what is kept of them is kept by the part that asked. */
export const serviceProject: Project = {
  folder: new URL('../', import.meta.url).href,
  // What it takes to load the learner's code is not the service's either.
  measuring: ['profile/', 'work/'],
  makers: ['orders/'],
  elsewhere: learnersFile,
};
