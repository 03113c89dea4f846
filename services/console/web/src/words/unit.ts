import type { LeakState } from '../../../src/api/contract.ts';
import { formatCount } from '../format/number.ts';

const units: Readonly<Record<LeakState['unit'], string>> = {
  request: 'a request',
  event: 'a reload',
  connection: 'a connection',
  time: 'a second',
};

/** What a leak grows by: "a request", "a connection, for one request in 375". */
export function unitInWords({ unit, one_in }: Pick<LeakState, 'unit' | 'one_in'>): string {
  return one_in === 1 ? units[unit] : `${units[unit]}, for one request in ${formatCount(one_in)}`;
}
