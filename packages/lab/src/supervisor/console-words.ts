import type { Keeper } from './keeper.ts';
import type { Patients } from './patients.ts';
import type { LimitChange, RaisedLimit } from './raised-limit.ts';

/** What the console asks its supervisor for, over IPC; anything else is not answered. */
type Asked =
  | { readonly raise_limit: { readonly bytes: number }; readonly id: unknown }
  | { readonly capture_over: true }
  | { readonly patients: { readonly id: number; readonly wanted: boolean } }
  | { readonly restart_service: { readonly id: number } };

/** Does what a message of the console's asks for, and answers by `tell`. */
export async function answerConsole(
  message: unknown,
  {
    raised,
    patients,
    service,
  }: { readonly raised: RaisedLimit; readonly patients: Patients; readonly service: Keeper },
  tell: (answer: object) => void,
): Promise<void> {
  if (typeof message !== 'object' || message === null) return;
  const asked = message as Partial<Asked & Record<string, unknown>>;
  if ('capture_over' in asked) raised.captureOver();
  else if ('raise_limit' in asked) {
    const { id, raise_limit } = asked;
    tell({ id, ...(await raised.raise(Number((raise_limit as { bytes?: unknown } | null)?.bytes))) });
  } else if ('patients' in asked) {
    const { id, wanted } = asked.patients as { id?: unknown; wanted?: unknown };
    const refused = wanted === true ? await patients.bring() : await patients.away();
    tell({ patients: { id, ...(refused !== undefined && { refused }) } });
  } else if ('restart_service' in asked) {
    await service.restart();
    tell({ restart_service: { id: (asked.restart_service as { id?: unknown }).id } });
  }
}

/** A change of the limit that the console did not ask for, as it is told of it. */
export function limitLowered({ from_bytes, to_bytes, restored, reason }: LimitChange): object {
  return { limit_lowered: { from_bytes, to_bytes, restored, reason } };
}
