import type { Valkey as Client } from 'iovalkey';

/** A command waits so long for its answer, ms. */
const command_ms = 400;
/** A connection on which nothing comes for so long, though something should, is given up for a new one, ms. */
const silence_ms = 500;
const connect_ms = 1_500;
const mostBetweenAttempts_ms = 2_000;

/** Loads the client library, which takes some MB, and makes a client that is not connected yet. */
export async function makeClient(url: string): Promise<Client> {
  const { Valkey } = await import('iovalkey');
  return new Valkey(url, {
    lazyConnect: true,
    family: 0,
    connectionName: 'leaky-service',
    connectTimeout: connect_ms,
    commandTimeout: command_ms,
    socketTimeout: silence_ms,
    retryStrategy: (attempt) => Math.min(100 * attempt, mostBetweenAttempts_ms),
    // Nothing waits for a connection, and nothing is sent twice.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}
