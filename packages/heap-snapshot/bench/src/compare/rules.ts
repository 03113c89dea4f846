import type { UnequalClass } from './classes.ts';

/** The rule of DevTools' that makes a class unequal, as far as it is known. */
export function ruleBehind(_unequal: UnequalClass): string {
  return 'not yet explained';
}
