import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { ColdSessions } from '../sessions/cold-sessions.ts';
import { sessionKey, sessionPrefix, shownLast } from '../sessions/session.ts';
import { removeKeys } from '../valkey/remove-keys.ts';

/** What a key, its place in the table and the value's header weigh beside the value, bytes. */
const key_bytes = 128;

/**
 * Keeps in Valkey what each session was shown last, so that whichever instance has its next request can go on from there.
 * A session ends some time after its last request; those that were written before that was so are found and end too.
 */
export class SessionStore implements Feature {
  readonly #options: FeatureOptions;
  readonly #cold: ColdSessions;

  constructor(options: FeatureOptions) {
    this.#options = options;
    this.#cold = new ColdSessions(options.valkey, options.session_seconds);
  }

  async handle(request: RequestContext): Promise<void> {
    const { valkey, entry_bytes, session_seconds } = this.#options;
    this.#cold.goOn(request.receivedAt);
    const shown = shownLast(entry_bytes - key_bytes);
    await valkey.command((client) => client.set(sessionKey(request), shown, 'EX', session_seconds));
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
