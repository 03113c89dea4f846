import type { ServerResponse } from 'node:http';

/** What a caller did wrong, or what this server was told to fail at, as it is answered. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: object;

  constructor(status: number, code: string, message: string, details: object = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Answers with `{"error": {code, message, details}}`; what is no `HttpError` becomes a plain 500. */
export function answerError(error: unknown, response: ServerResponse): void {
  const known = error instanceof HttpError ? error : new HttpError(500, 'internal', 'Something broke here.');
  const { status, code, message, details } = known;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code, message, details } }));
}
