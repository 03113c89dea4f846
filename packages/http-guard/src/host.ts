import { isIP } from 'node:net';

/** The name or address in a `Host` header or an origin, without port and without IPv6 brackets. */
function hostname(authority: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(authority);
  if (bracketed) return bracketed[1] ?? '';
  return authority.replace(/:\d*$/, '').toLowerCase();
}

let lastAllowed: { readonly host: string; readonly names: ReadonlySet<string> } | undefined;

/**
 * Whether a request with this `Host` header may be answered: an IP literal, `localhost` or one of
 * `allowedNames` (lower case). A page that rebinds its own name to this machine sends that name, so
 * no foreign web page passes (RFC 9110, 7.2).
 */
export function isAllowedHost(host: string | undefined, allowedNames: ReadonlySet<string>): boolean {
  if (host === undefined) return false;
  // Nearly every request names the same host as the one before it.
  if (lastAllowed?.host === host && lastAllowed.names === allowedNames) return true;
  const name = hostname(host);
  const allowed = name === 'localhost' || allowedNames.has(name) || isIP(name) !== 0;
  if (allowed) lastAllowed = { host, names: allowedNames };
  return allowed;
}

/**
 * Whether a changing request comes from this service's own pages or from no page at all.
 * Browsers name the page in `Origin` with each POST; `Sec-Fetch-Site` says the same where it is sent.
 */
export function isOwnOrigin(headers: {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
