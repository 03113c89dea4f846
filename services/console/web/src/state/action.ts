import { useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';

export interface Action {
  readonly busy: boolean;
  readonly fault: ApiError | null;
  /** Does it, unless it is being done; true when it went well. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

/** Something a reader asks for: busy until it is done, and what went wrong in the API's words. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  return {
    busy,
    fault,
    forget: () => setFault(null),
    async run(work) {
      if (busy) return false;
      setBusy(true);
      setFault(null);
      try {
        await work();
        return true;
      } catch (reason) {
        if (!(reason instanceof ApiError)) throw reason;
        setFault(reason);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
