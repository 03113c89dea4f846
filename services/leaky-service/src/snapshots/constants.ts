import type { CostConstants } from './cost.ts';
import measured from './cost-constants.json' with { type: 'json' };

export interface Constants {
  readonly values: CostConstants;
  /** In words, for whoever reads the guard's word. */
  readonly basis: string;
}

/** For a version nobody has measured, the error is taken to be this much greater. */
const unmeasured_error = 0.25;

/** The constants for the V8 that runs this, else those of the newest that was measured. */
export function constantsHere(v8 = process.versions.v8): Constants {
  const known: Readonly<Record<string, CostConstants>> = measured;
  const version = v8.split('.').slice(0, 2).join('.');
  const exact = known[version];
  if (exact) return { values: exact, basis: `costs measured on V8 ${version}` };
  const [newest, values] = Object.entries(known).toSorted(([a], [b]) => Number(b) - Number(a))[0] as [
    string,
    CostConstants,
  ];
  return {
    values: { ...values, error_share: values.error_share + unmeasured_error },
    basis: `costs measured on V8 ${newest}; this is ${version}, so with more margin: run calibrate/main.ts`,
  };
}
