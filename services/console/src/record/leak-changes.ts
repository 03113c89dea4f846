import type { LeakState } from '../api/contract.ts';

export interface LeakChange {
  readonly kind: 'leak_on' | 'leak_off';
  readonly leak: LeakState;
}

/**
 * Which leaks were switched between two readings. With nothing before, those that are on. Where an incident begins nothing is told
 * of leaks any more, and those that were on are off.
 */
export function leakChanges(
  before: readonly LeakState[] | undefined,
  now: readonly LeakState[] | undefined,
): LeakChange[] {
  if (now === undefined) return (before ?? []).filter(({ enabled }) => enabled).map(switchedOff);
  const were = new Map(before?.map((leak) => [leak.id, leak.enabled]));
  return now.flatMap((leak): LeakChange[] => {
    if ((were.get(leak.id) ?? false) === leak.enabled) return [];
    return [{ kind: leak.enabled ? 'leak_on' : 'leak_off', leak }];
  });
}

const switchedOff = (leak: LeakState): LeakChange => ({
  kind: 'leak_off',
  leak: { ...leak, enabled: false, entries: 0, retained_bytes: 0 },
});
