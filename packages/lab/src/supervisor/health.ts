import { setTimeout as pause } from 'node:timers/promises';

const between_ms = 40;

/** Whether `url` answers 200 within `timeout_ms`. */
export async function answers(url: string, timeout_ms = 1000): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout_ms) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Waits until a program is ready; false when `signal` is aborted before. */
export async function untilReady(isReady: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isReady()) return true;
    await pause(between_ms, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Waits until `url` answers 200; false when `signal` is aborted before. */
export const untilAnswers = (url: string, signal: AbortSignal): Promise<boolean> =>
  untilReady(() => answers(url), signal);
