import { allLeaks, falseAlarms } from '@leak-lab/incident';

/** Words that completion offers for a leak; its test holds them to the service's catalogue, which is not loaded here: it takes long. */
export const leakIds: readonly string[] = [...allLeaks, ...falseAlarms.map(({ id }) => id)];
