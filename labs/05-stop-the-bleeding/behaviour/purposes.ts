import type { Feature } from '../../../services/leaky-service/src/features/feature.ts';
import { cache } from './cache.ts';
import type { Purpose } from './expectation.ts';
import { history } from './history.ts';
import { listeners } from './listeners.ts';

/** What each of the features of this lab is there for, by the id of its leak. */
export const purposes = { cache, listeners, history } as unknown as Readonly<
  Record<LabLeak, Purpose<Feature>>
>;

export type LabLeak = 'cache' | 'listeners' | 'history';
