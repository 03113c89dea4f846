import { sessionKey, sessionPrefix, shownLast } from '../sessions/session.ts';
import { removeKeys } from '../valkey/remove-keys.ts';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** What a key, its place in the table and the value's header weigh beside the value, bytes. */
const key_bytes = 128;

/** Keeps in Valkey what each session was shown last, so that whichever instance has its next request can go on from there. */
export class SessionStore implements Feature {
  readonly #options: FeatureOptions;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  async handle(request: RequestContext): Promise<void> {
    const { valkey, entry_bytes } = this.#options;
    const shown = shownLast(entry_bytes - key_bytes);
    await valkey.command((client) => client.set(sessionKey(request), shown));
  }

  entries(): number {
    return this.#options.valkey.usage?.keys ?? 0;
  }

  bytes(): number {
    return this.#options.valkey.usage?.dataset_bytes ?? 0;
  }

  async clear(): Promise<void> {
    const { valkey } = this.#options;
    if (!valkey.isUp) return;
    await removeKeys(valkey, sessionPrefix);
    await valkey.read();
  }
}
