/**
 * Makes one thread wait for another's memory: what both need for their dominators at once is a third of the peak,
 * and the wait is short, as the other began first.
 */
export interface Gate {
  readonly shared: SharedArrayBuffer;
}

/** Longer than the other thread can need; beyond it something happened to it, which its own report will tell. */
const most_milliseconds = 30_000;

export function createGate(): Gate {
  return { shared: new SharedArrayBuffer(4) };
}

/** Lets whoever waits go on, now and in future. */
export function openGate({ shared }: Gate): void {
  const state = new Int32Array(shared);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

export function waitFor({ shared }: Gate): void {
  Atomics.wait(new Int32Array(shared), 0, 0, most_milliseconds);
}
