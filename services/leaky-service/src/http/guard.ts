import type { IncomingMessage } from 'node:http';
import { isAdminCaller, isAllowedHost, isOwnOrigin } from '@leak-lab/http-guard';
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';

/** Throws where a foreign web page may be behind a request: by its `Host`, or by `Origin` where it changes something. */
export function refuseForeignPages(request: IncomingMessage, allowedHosts: ReadonlySet<string>): void {
  const { host } = request.headers;
  if (!isAllowedHost(host, allowedHosts)) {
    throw new ServiceError(
      'host_not_allowed',
      `Expected the Host header to be an address, localhost or one of ALLOWED_HOSTS; got ${JSON.stringify(host ?? '')}.`,
      { came: host ?? null, expected: ['localhost', 'an IP address', ...allowedHosts] },
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request.headers)) {
    throw new ServiceError(
      'origin_not_allowed',
      `A web page of another origin may not change anything here; this one is ${JSON.stringify(request.headers.origin ?? request.headers['sec-fetch-site'])}.`,
      { came: request.headers.origin ?? null, expected: `http://${host}` },
    );
  }
}

/** Lets only administrators pass: by the token where one is set, else neighbours by address. */
export function adminOnly(token: string | undefined): RequestHandler {
  return (request, _response, next) => {
    const address = request.socket.remoteAddress;
    if (isAdminCaller({ address, authorization: request.headers.authorization }, { token })) return next();
    if (token === undefined) {
      throw new ServiceError(
        'caller_not_allowed',
        `Admin routes answer to this machine and its own networks only; the call came from ${address}. Set ADMIN_TOKEN to call from elsewhere.`,
        { came: address ?? null },
      );
    }
    throw new ServiceError(
      'admin_required',
      'ADMIN_TOKEN is set: send it as "Authorization: Bearer <token>".',
    );
  };
}
