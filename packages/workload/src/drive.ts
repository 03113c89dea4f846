/** The bodies that are made here, by name: `small` is 153 bytes, `large` a workflow event of 187 KB. */
export type BodyName = 'small' | 'large';

/** The request that something of the service answers to: what a load must send for it to do its work. */
export interface Drive {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What the request brings; nothing where it is not said. */
  readonly body?: BodyName;
  /** How many a second the lab sends by default. */
  readonly rate_per_second: number;
}

/** What callers of the service send most of the time. */
export const usualDrive: Drive = { method: 'GET', path: '/api/data', rate_per_second: 200 };

/**
 * What to send so that all that is on has something to do: the request of all of them or, where they want different
 * ones, the usual. Whoever wants another one says so.
 */
export function driveFor(on: readonly Drive[]): Drive {
  const [first = usualDrive, ...others] = on;
  return others.every(
    ({ method, path, body }) => method === first.method && path === first.path && body === first.body,
  )
    ? first
    : usualDrive;
}
