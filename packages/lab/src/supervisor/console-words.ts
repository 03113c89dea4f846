import type { LimitChange, RaisedLimit } from './raised-limit.ts';

/** What the console asks its supervisor for, over IPC; anything else is not answered. */
type Asked =
  | { readonly raise_limit: { readonly bytes: number }; readonly id: unknown }
  | { readonly capture_over: true };

/** Does what a message of the console's asks for, and answers by `tell`. */
export async function answerConsole(
  message: unknown,
  raised: RaisedLimit,
  tell: (answer: object) => void,
): Promise<void> {
  if (typeof message !== 'object' || message === null) return;
  const asked = message as Partial<Asked & Record<string, unknown>>;
  if ('capture_over' in asked) raised.captureOver();
  else if ('raise_limit' in asked) {
    const { id, raise_limit } = asked;
    tell({ id, ...(await raised.raise(Number((raise_limit as { bytes?: unknown } | null)?.bytes))) });
  }
}

/** A change of the limit that the console did not ask for, as it is told of it. */
export function limitLowered({ from_bytes, to_bytes, restored, reason }: LimitChange): object {
  return { limit_lowered: { from_bytes, to_bytes, restored, reason } };
}
