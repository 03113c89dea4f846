/** With what each leak is driven for the panels, and what that comes to. */

import type { Drive } from '@leak-lab/workload';
import { leaks, quickPreset } from '../../support/leaks.ts';

type Range = readonly [least: number, most: number];

export interface LeakLoad {
  readonly drive: Drive;
  readonly path: string;
  readonly preset: string;
  readonly requests: number;
  readonly requests_perSecond: number;
  readonly connections: number;
  /** Requests a second as they are read: fewer where the machine is busy. */
  readonly loaded: Range;
  /** Spans a second, for the same reason. */
  readonly spans: Range;
  /** Kept of each request, bytes, roughly: Prometheus reads it off half a minute. */
  readonly kept_bytes: Range;
  /** At least so many things are held in the end, and so many bytes by the service's own count. */
  readonly units: number;
  readonly held_bytes: number;
}

const megabyte = 2 ** 20;

/** Over which the panels' rates are. */
export const window = '30s';

/** 16 KB of each request, which is 80 MB. */
const usual: Omit<LeakLoad, 'drive' | 'path' | 'preset'> = {
  requests: 5_000,
  requests_perSecond: 200,
  connections: 20,
  loaded: [25, 250],
  spans: [25, 600],
  kept_bytes: [8_000, 24_000],
  units: 2_500,
  held_bytes: 45 * megabyte,
};

const others: Readonly<Record<string, Partial<LeakLoad>>> = {
  // One request in six makes a connection, of 48 KB and 16 KB of the kernel's.
  sockets: { requests: 7_500, kept_bytes: [4_000, 16_000], units: 900 },
  // 4.8 MB each, one a second.
  reload: {
    requests: 25,
    requests_perSecond: 1,
    connections: 1,
    // Over a minute, of which it was half.
    loaded: [0.2, 2],
    spans: [0.2, 20],
    kept_bytes: [3_000_000, 7_000_000],
    units: 18,
  },
};

/** Throws where there is no such leak. */
export function loadOf(id: string): LeakLoad {
  const leak = leaks.find((one) => one.id === id);
  if (!leak) throw new Error(`Expected the id of a leak, got ${JSON.stringify(id)}`);
  return { ...usual, drive: leak.drive, path: leak.drive.path, preset: quickPreset(leak), ...others[id] };
}
