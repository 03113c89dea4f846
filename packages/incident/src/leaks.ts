/** The leaks of the service that grow by any of the usual requests: two of them at once are seen as one growth. */
export const leaksByRequest = ['cache', 'listeners', 'history', 'closures', 'expired'] as const;

/** All leaks of the service, in the order in which it tells them. */
export const allLeaks = [
  'cache',
  'listeners',
  'history',
  'closures',
  'buffers',
  'sockets',
  'reload',
  'expired',
  'keys',
] as const;

export type LeakId = (typeof allLeaks)[number];
