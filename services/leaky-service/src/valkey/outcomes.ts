/** How a command ended: `full` and `error` are Valkey's own refusals, `refused` was too many at a time here, `unavailable` found no connection. */
export const outcomes = ['success', 'timeout', 'full', 'error', 'refused', 'unavailable'] as const;

export type Outcome = (typeof outcomes)[number];

/** Judges by the words of Valkey (its replies begin with a code) and of the client library. */
export function outcomeOf(error: unknown): Outcome {
  const { name, message } = error as Error;
  if (name === 'ReplyError') return message.startsWith('OOM ') ? 'full' : 'error';
  return message === 'Command timed out' ? 'timeout' : 'unavailable';
}
