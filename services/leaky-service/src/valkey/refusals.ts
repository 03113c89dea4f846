import { ServiceError } from '../errors.ts';

const howToGetOne =
  'With Docker: docker compose --profile keys up -d. Without: install a server that ./lab up finds on PATH ' +
  '(Debian, Ubuntu: apt install valkey-server, or redis-server; macOS: brew install valkey) and start the lab again';

/** Where a Valkey is needed and none is configured. */
export const noValkey = (): ServiceError =>
  new ServiceError(
    'no_valkey',
    `This needs a Valkey to write to, and VALKEY_URL names none. ${howToGetOne}; or set VALKEY_URL to one of yours. Nothing was changed.`,
    { expected: 'VALKEY_URL, such as redis://127.0.0.1:6379', came: null },
  );

/** Where one is configured that does not answer. */
export function unreachable(url: string, error: unknown): ServiceError {
  const came = (error as Error).message || String(error);
  return new ServiceError(
    'valkey_unreachable',
    `Expected a Valkey that answers at ${nameOf(url)}; got: ${came}. ${howToGetOne}. Nothing was changed.`,
    { tried: nameOf(url), came },
  );
}

/** An address without the password that may be in it. */
export function nameOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
