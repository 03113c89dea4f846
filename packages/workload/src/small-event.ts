/** The size of a small event, bytes. */
export const smallEvent_bytes = 153;

/** A heartbeat of a build machine, as JSON of exactly 153 bytes; `number` says which. */
export function smallEvent(number: number): string {
  const event = {
    event: 'heartbeat',
    number,
    machine: `runner-${number % 40}`,
    queue: number % 7,
    healthy: true,
    labels: ['linux', 'x64'],
    note: '',
  };
  const bare = JSON.stringify(event);
  return JSON.stringify({ ...event, note: 'idle '.repeat(31).slice(0, smallEvent_bytes - bare.length) });
}
