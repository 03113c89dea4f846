import { computed } from '@preact/signals';
import type { Course, Now } from '../../../src/api/contract.ts';
import { course, now } from './store.ts';

/** Which lab asks for what the page would say by itself; `null` where none does. */
export interface Asked {
  readonly each_request: string | null;
  readonly time_left: string | null;
}

const keys: Readonly<Record<keyof Asked, readonly string[]>> = {
  each_request: ['bytes_per_request'],
  time_left: ['seconds_to_limit', 'life_at_ten_times'],
};

/** What the running lab asks for and has not been told. */
export function askedBy(known: Course | null): Asked {
  const running = known?.running ?? null;
  // An incident says nothing before it is over.
  if (running?.incident) return { each_request: running.id, time_left: running.id };
  const open = new Set(running?.items.filter(({ state }) => state !== 'ok').map(({ key }) => key));
  const lab = (of: readonly string[]) =>
    running !== null && of.some((key) => open.has(key)) ? running.id : null;
  return { each_request: lab(keys.each_request), time_left: lab(keys.time_left) };
}

/** The console's last word without what is asked for. */
export function withheld(last: Now, { each_request, time_left }: Asked): Now {
  if (each_request === null && time_left === null) return last;
  const growth = {
    ...last.growth,
    ...(each_request !== null && { bytes_per_request: null }),
    ...(time_left !== null && { seconds_to_limit: null }),
  };
  return { ...last, growth };
}

export const asked = computed(() => askedBy(course.value));

/** What the page may say now; `null` before the console's first word. */
export const sayable = computed(() => (now.value === null ? null : withheld(now.value, asked.value)));
