import { setTimeout as pause } from 'node:timers/promises';

const each_ms = 50;

/** Waits until `read` gives something that `holds`, and returns it. Throws, with what came last, after `most_ms`. */
export async function until<T>(
  read: () => T | Promise<T>,
  holds: (value: T) => boolean,
  most_ms = 20_000,
): Promise<T> {
  const deadline = performance.now() + most_ms;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`Not within ${most_ms} ms; the last was ${JSON.stringify(value)?.slice(0, 600)}`);
    }
    await pause(each_ms);
  }
}
