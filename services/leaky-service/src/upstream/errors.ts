/** Nobody answered in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** What a process needs for another connection, and may have run out of. */
export type Resource = 'file descriptors' | 'local ports' | 'memory for sockets';

const byCode: Readonly<Record<string, Resource>> = {
  EMFILE: 'file descriptors',
  ENFILE: 'file descriptors',
  EADDRNOTAVAIL: 'local ports',
  ENOBUFS: 'memory for sockets',
  ENOMEM: 'memory for sockets',
};

/** What is used up, where that is why no connection could be opened. */
export function exhaustedResource(error: unknown): Resource | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? byCode[code] : undefined;
}
