import { type Complaint, LabError } from '../lab-error.ts';

/** What `./lab stress` and `./lab verdict` end with where nothing can be said: 1 would say that there is a leak. */
export const couldNotMeasure = 2;

/** A complaint of `./lab stress`. */
export const refused = (complaint: Omit<Complaint, 'exit_code'>): LabError =>
  new LabError({ ...complaint, exit_code: couldNotMeasure });
