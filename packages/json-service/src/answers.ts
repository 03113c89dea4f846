import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { toHttpError } from './errors.ts';

/** The part of a logger that is needed here. */
export interface ErrorLog {
  error(fields: object, message: string): void;
}

export interface AnswerOptions {
  readonly logger: ErrorLog;
  /** Who answers, as its messages call it: "service", "console". */
  readonly program: string;
}

/** The one place where errors of routes become answers. */
export function answerErrors({ logger, program }: AnswerOptions): ErrorRequestHandler {
  return (thrown, _request, response, _next) => answerError(response, thrown, { logger, program });
}

/** Answers with an error, and writes to the log what was not foreseen. */
export function answerError(
  response: ServerResponse,
  thrown: unknown,
  { logger, program }: AnswerOptions,
): void {
  const error = toHttpError(thrown, program);
  if (error.code === 'internal') logger.error({ err: thrown }, error.message);
  refuse(response, error, program);
}

/** Answers with an error, also outside of Express. */
export function refuse(response: ServerResponse, thrown: unknown, program: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const error = toHttpError(thrown, program);
  response.writeHead(error.status, { 'content-type': 'application/json; charset=utf-8', ...error.headers });
  response.end(JSON.stringify(error));
}
