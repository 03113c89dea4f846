/** The service's leaks, for tests and long measurements that run over them. */

import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import type { Leak } from '../../services/leaky-service/src/leaks/leak.ts';

/** Those that are leaks of the service's own memory, which it dies of. */
export const leaks: readonly Leak[] = catalogue.filter(
  ({ control, memory }) => !control && memory !== 'remote',
);

/** Objects of the heap, kept of each of the usual requests: what a heap snapshot and a heap profile are about. */
export const heapLeaks: readonly Leak[] = leaks.filter(
  ({ memory, unit, drive }) => memory === 'heap' && unit === 'request' && drive.body === undefined,
);

/** The name of the size at which a leak ends the service within minutes. */
export const quickPreset = ({ presets }: Leak): 'default' | 'fast' => (presets.fast ? 'fast' : 'default');
