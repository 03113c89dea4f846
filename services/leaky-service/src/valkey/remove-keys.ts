import type { ValkeyServer } from './server.ts';

const perStep = 500;

/**
 * Deletes all keys that begin with `prefix`, some at a time, so that nobody else waits for it; the server frees their
 * memory beside its other work. Stops where the server stops answering. Resolves with how many went.
 */
export async function removeKeys(server: ValkeyServer, prefix: string): Promise<number> {
  let removed = 0;
  let cursor = '0';
  do {
    const step = await server.command((client) =>
      client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', perStep),
    );
    if (!step) return removed;
    const [next, keys] = step;
    if (keys.length > 0) removed += (await server.command((client) => client.unlink(...keys))) ?? 0;
    cursor = next;
  } while (cursor !== '0');
  return removed;
}
