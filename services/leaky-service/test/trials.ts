import type { Leak, LeakUnit } from '../src/leaks/leak.ts';

/** How a leak's size is measured. */
export interface Trial {
  /** Units before the first reading, in a service that has served others before, and the size that they are set to. */
  readonly warmUp: { readonly units: number; readonly set_bytes: number };
  /** Bytes set for a unit, and units enough to tell 15 % of them from noise; together more than 12 MB. */
  readonly sizes: readonly { readonly set_bytes: number; readonly units: number }[];
}

export const byRequest: Trial = {
  warmUp: { units: 500, set_bytes: 1_024 },
  sizes: [
    { set_bytes: 1_024, units: 2_000 },
    { set_bytes: 10_240, units: 600 },
    { set_bytes: 51_200, units: 250 },
  ],
};

/** Of large events, which take a millisecond each; the smallest size is that of the field. */
const byLargeEvent: Trial = {
  warmUp: { units: 400, set_bytes: 1_024 },
  sizes: [
    { set_bytes: 783, units: 1_500 },
    { set_bytes: 10_240, units: 400 },
    { set_bytes: 51_200, units: 250 },
  ],
};

const trials: Partial<Record<LeakUnit, Trial>> = {
  request: byRequest,
  event: {
    warmUp: { units: 200, set_bytes: 10_240 },
    sizes: [
      { set_bytes: 51_200, units: 100 },
      { set_bytes: 1_000_000, units: 10 },
      { set_bytes: 4_800_000, units: 4 },
    ],
  },
  connection: {
    warmUp: { units: 100, set_bytes: 16_384 },
    sizes: [
      { set_bytes: 16_384, units: 300 },
      { set_bytes: 51_200, units: 100 },
      { set_bytes: 131_072, units: 50 },
    ],
  },
};

/** By what a leak grows by, and the request that it grows with. */
export const trialOf = ({ unit, drive }: Pick<Leak, 'unit' | 'drive'>): Trial =>
  drive.body === 'large' ? byLargeEvent : (trials[unit] ?? byRequest);
