import { useEffect, useState } from 'preact/hooks';
import { ApiError, get } from '../api/client.ts';
import { generation } from './store.ts';

export interface Loaded<T> {
  /** The last answer about this subject; stays while it is read again, and when the console is gone. */
  readonly value: T | null;
  /** Why there is none, or none newer. */
  readonly fault: ApiError | null;
  readonly loading: boolean;
}

interface Asked {
  /** Read again when it changes. */
  readonly version?: unknown;
  /** What is asked about: an answer about another subject is not shown while the new one is read. By default the path. */
  readonly subject?: string;
}

const nothing = { value: null, fault: null, loading: false } as const;

/** What `path` answers, read again when the stream reopens. `null` asks nothing. */
export function useLoaded<T>(path: string | null, asked: Asked = {}): Loaded<T> {
  const subject = asked.subject ?? path;
  const [state, setState] = useState<Loaded<T> & { readonly subject: string | null }>({
    ...nothing,
    subject,
  });
  const turn = generation.value;
  useEffect(() => {
    if (path === null) return;
    const request = new AbortController();
    setState((last) => ({ ...(last.subject === subject ? last : nothing), subject, loading: true }));
    get<T>(path, request.signal).then(
      (value) => setState({ value, fault: null, loading: false, subject }),
      (fault: unknown) => {
        if (request.signal.aborted) return;
        if (!(fault instanceof ApiError)) throw fault;
        setState((last) => ({ ...last, fault, loading: false }));
      },
    );
    return () => request.abort();
  }, [path, subject, turn, asked.version]);
  return state.subject === subject ? state : { ...nothing, loading: path !== null };
}
