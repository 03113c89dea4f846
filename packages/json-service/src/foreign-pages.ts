import type { IncomingMessage } from 'node:http';
import { isAllowedHost, isOwnOrigin } from '@leak-lab/http-guard';
import { HttpError } from './errors.ts';

/** Throws where a foreign web page may be behind a request: by its `Host`, or by `Origin` where it changes something. */
export function refuseForeignPages(request: IncomingMessage, allowedHosts: ReadonlySet<string>): void {
  const { host } = request.headers;
  if (!isAllowedHost(host, allowedHosts)) {
    throw new HttpError(
      403,
      'host_not_allowed',
      `Expected the Host header to be an address, localhost or one of ALLOWED_HOSTS; got ${JSON.stringify(host ?? '')}.`,
      { came: host ?? null, expected: ['localhost', 'an IP address', ...allowedHosts] },
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request.headers)) {
    throw new HttpError(
      403,
      'origin_not_allowed',
      `A web page of another origin may not change anything here; this one is ${JSON.stringify(request.headers.origin ?? request.headers['sec-fetch-site'])}.`,
      { came: request.headers.origin ?? null, expected: `http://${host}` },
    );
  }
}
