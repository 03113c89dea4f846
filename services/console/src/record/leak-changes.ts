import type { LeakState } from '../api/contract.ts';

export interface LeakChange {
  readonly kind: 'leak_on' | 'leak_off';
  readonly leak: LeakState;
}

/** Which leaks were switched between two readings. With nothing before, those that are on. */
export function leakChanges(
  before: readonly LeakState[] | undefined,
  now: readonly LeakState[] | undefined,
): LeakChange[] {
  const were = new Map(before?.map((leak) => [leak.id, leak.enabled]));
  return (now ?? []).flatMap((leak): LeakChange[] => {
    if ((were.get(leak.id) ?? false) === leak.enabled) return [];
    return [{ kind: leak.enabled ? 'leak_on' : 'leak_off', leak }];
  });
}
