import { anyFreePort } from '../ports/free-port.ts';
import type { Settings } from '../settings.ts';
import { findValkeyServer } from './find-server.ts';

/** The Valkey that the embedded lab has. */
export type ValkeyChoice =
  /** VALKEY_URL names one; it is somebody else's to keep. */
  | { readonly kind: 'given'; readonly url: string }
  /** A server was found on this machine: the lab starts one of its own. */
  | { readonly kind: 'own'; readonly url: string; readonly server: string; readonly port: number }
  | { readonly kind: 'none' };

/** Decides which Valkey it is; starts nothing. */
export async function chooseValkey({ valkey_url }: Pick<Settings, 'valkey_url'>): Promise<ValkeyChoice> {
  if (valkey_url !== undefined) return { kind: 'given', url: valkey_url };
  const server = findValkeyServer();
  if (server === undefined) return { kind: 'none' };
  const port = await anyFreePort();
  return { kind: 'own', url: `redis://127.0.0.1:${port}`, server, port };
}

/** What to do where there is none. */
export const valkeyAdvice =
  'apt install valkey-server (or redis-server), brew install valkey, or VALKEY_URL=redis://host:port; only the leak keys needs it';

/** An address without the password that may be in it. */
export function nameOf(url: string): string {
  const address = new URL(url);
  address.password = '';
  address.username = '';
  return address.href;
}
