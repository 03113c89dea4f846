/** How requests ended. */
export interface Counts {
  /** All that ended, however. */
  readonly requests: number;
  /** Answered with a status from 200 to 299, to the end. */
  readonly ok: number;
  /** All others. */
  readonly failed: number;
  /** The failed, by kind: `status 500`, `refused`, `reset`, `timed out`, or a code of the system. */
  readonly failures: Readonly<Record<string, number>>;
  /** Of the bodies that were sent. */
  readonly payload_bytes: number;
  readonly connections_opened: number;
}

export const noRequests: Counts = {
  requests: 0,
  ok: 0,
  failed: 0,
  failures: {},
  payload_bytes: 0,
  connections_opened: 0,
};

/** What came to `before` until `now`, both counted from the same start. */
export function countsSince(before: Counts, now: Counts): Counts {
  const failures = Object.entries(now.failures)
    .map(([kind, count]) => [kind, count - (before.failures[kind] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return {
    requests: now.requests - before.requests,
    ok: now.ok - before.ok,
    failed: now.failed - before.failed,
    failures: Object.fromEntries(failures),
    payload_bytes: now.payload_bytes - before.payload_bytes,
    connections_opened: now.connections_opened - before.connections_opened,
  };
}

/** The failed ones in words: `12 answered 500, 3 timed out`; empty where none failed. */
export function failuresInWords({ failures }: Pick<Counts, 'failures'>): string {
  return Object.entries(failures)
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${count.toLocaleString('en')} ${kind.replace(/^status /, 'answered ')}`)
    .join(', ');
}

/** The kind of a failure without an answer, by the system's code. */
export function failureKind(code: string | undefined): string {
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'refused',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    ETIMEDOUT: 'timed out',
  };
  return known[code ?? ''] ?? code ?? 'broken off';
}
