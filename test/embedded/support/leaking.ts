import { catalogue } from '../../../services/leaky-service/src/leaks/catalogue.ts';
import { post, sendRequests } from '../../../services/leaky-service/test/load.ts';
import { ask } from './ask.ts';

/** What has a leak grow, and how that is seen from outside. */
export interface Leaking {
  /** Sends what the leak grows by. */
  readonly send: (url: string) => Promise<void>;
  /** What is held now, in the leak's own measure: bytes, connections or keys. */
  readonly held: (url: string) => Promise<number>;
  /** What is held at least after that was sent, of a leak that is set to so many bytes. */
  readonly least: (bytes: number) => number;
}

interface Sampled {
  readonly process: { readonly heap_used_bytes: number; readonly external_bytes: number };
  readonly resources: { readonly upstream_connections_busy: number };
  readonly remote: { readonly keys: number } | null;
}

/** How many requests, and of how many of them the bytes must be there: the rest is noise, or not of their kind. */
const amounts: Readonly<Record<string, readonly [sent: number, least: number]>> = {
  buffers: [300, 150],
  reload: [5, 2],
};

const ofSample = (read: (sample: Sampled) => number) => async (url: string) => {
  await post(url, '/admin/gc');
  return read(await ask<Sampled>(`${url}/admin/sample`));
};

const heldBytes = ofSample(({ process }) => process.heap_used_bytes + process.external_bytes);

/** What grows otherwise than in the service's memory. */
const elsewhere: Readonly<Record<string, Pick<Leaking, 'held' | 'least'>>> = {
  sockets: { held: ofSample(({ resources }) => resources.upstream_connections_busy), least: () => 20 },
  keys: { held: ofSample(({ remote }) => remote?.keys ?? 0), least: () => 500 },
};

/** Of one of the leaks of the service. */
export function leakingOf(id: string): Leaking {
  const [sent, least] = amounts[id] ?? [2_000, 1_000];
  const drive = catalogue.find((leak) => leak.id === id)?.drive;
  if (drive === undefined) throw new Error(`Expected a leak of the service, got ${id}.`);
  return {
    send: (url) => sendRequests(url, sent, { drive }),
    held: heldBytes,
    least: (bytes) => least * bytes,
    ...elsewhere[id],
  };
}
