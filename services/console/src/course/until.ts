import { setTimeout as pause } from 'node:timers/promises';

const look_ms = 100;

/** Asks again and again until the answer is yes; resolves with false where it is not after `patience_ms`. Rejects as `asked` does. */
export async function until(asked: () => Promise<boolean>, patience_ms: number): Promise<boolean> {
  const end_ms = performance.now() + patience_ms;
  while (!(await asked())) {
    if (performance.now() > end_ms) return false;
    await pause(look_ms);
  }
  return true;
}
