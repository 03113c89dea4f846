/** Where something of the service keeps what it keeps, and how one says so. */
export interface Place {
  /** Of the service's features. */
  readonly file: string;
  /** Its functions that keep, or in which what is kept is made. */
  readonly functions: readonly string[];
  /** What holds it: one of `holders`. */
  readonly holder: string;
  /** What it grows by: one of `units`. */
  readonly grows_by: string;
}

export const nothing = 'nothing';

export const units = ['requests', 'events', 'reloads', 'connections', 'time', nothing] as const;

/** What holds what is kept, in words that tell one from the other; each may be written by its first. */
export const holders = [
  'map without a bound',
  'expired entries that nobody sweeps',
  'array that only grows',
  'listeners of an emitter',
  'queue of jobs',
  'free list of buffers',
  'connections whose answers nobody reads',
  'previous version, linked from the next',
  'server elsewhere',
  nothing,
] as const;

/** By the incident's ids. */
export const places: Readonly<Record<string, Place>> = {
  cache: place('response-cache.ts', 'requests', 'map without a bound'),
  expired: place('price-quotes.ts', 'requests', 'expired entries that nobody sweeps'),
  history: place('request-history.ts', 'requests', 'array that only grows', 'constructor', 'RequestRecord'),
  listeners: place(
    'order-views.ts',
    'requests',
    'listeners of an emitter',
    'constructor',
    'apply',
    'OrderView',
  ),
  closures: place('refresh-ahead.ts', 'requests', 'queue of jobs'),
  buffers: place('receive-buffers.ts', 'events', 'free list of buffers', '#grow', 'grow', 'giveBack', 'take'),
  sockets: place('availability-check.ts', 'connections', 'connections whose answers nobody reads'),
  reload: place(
    'blocklist.ts',
    'reloads',
    'previous version, linked from the next',
    'constructor',
    'DomainList',
  ),
  keys: place('session-store.ts', 'requests', 'server elsewhere'),
};

function place(
  file: string,
  grows_by: (typeof units)[number],
  holder: (typeof holders)[number],
  ...more: string[]
): Place {
  return { file, functions: ['handle', ...more], holder, grows_by };
}

/** Files of the service that do something for a request: what someone might name who has not looked. */
export const featureFiles: readonly string[] = [
  ...Object.values(places).map(({ file }) => file),
  'article-cache.ts',
  'report-rows.ts',
  'connection-buffers.ts',
];
