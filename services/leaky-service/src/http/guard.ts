import { isAdminCaller } from '@leak-lab/http-guard';
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';

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
