import { useEffect, useState } from 'preact/hooks';
import { ApiError, get } from '../api/client.ts';
import { generation } from './store.ts';

export interface Loaded<T> {
  /** The last answer for this path; stays while it is read again, and when the console is gone. */
  readonly value: T | null;
  /** Why there is none, or none newer. */
  readonly fault: ApiError | null;
  readonly loading: boolean;
}

/**
 * What `path` answers, read again when the stream reopens and when `version` changes; a fault whose path is not asked
 * for any more is dropped. `null` asks nothing.
 */
export function useLoaded<T>(path: string | null, version: unknown = 0): Loaded<T> {
  const [state, setState] = useState<Loaded<T> & { readonly path: string | null }>({ ...nothing, path });
  const turn = generation.value;
  useEffect(() => {
    if (path === null) return;
    const asked = new AbortController();
    setState((last) => ({ ...(last.path === path ? last : nothing), path, loading: true }));
    get<T>(path, asked.signal).then(
      (value) => setState({ value, fault: null, loading: false, path }),
      (fault: unknown) => {
        if (asked.signal.aborted) return;
        if (!(fault instanceof ApiError)) throw fault;
        setState((last) => ({ ...last, fault, loading: false }));
      },
    );
    return () => asked.abort();
  }, [path, turn, version]);
  return state.path === path ? state : { ...nothing, loading: path !== null };
}

const nothing = { value: null, fault: null, loading: false } as const;
