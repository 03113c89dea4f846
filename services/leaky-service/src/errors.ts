/** Every error the service answers with: its code and HTTP status. */
const statusOf = {
  bad_request: 400,
  invalid_json: 400,
  invalid_body: 400,
  admin_required: 401,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  caller_not_allowed: 403,
  not_found: 404,
  unknown_leak: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_format: 415,
  snapshot_would_not_fit: 409,
  snapshot_under_way: 429,
  recording_under_way: 429,
  internal: 500,
  upstream_unreachable: 502,
  profiler_off: 503,
  no_snapshot_directory: 503,
  snapshots_not_writable: 503,
  no_console: 503,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof statusOf;

/** An error that is an answer: its message says what was expected, what came and what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statusOf[this.code];
  }

  toJSON(): { error: { code: ErrorCode; message: string; details: Readonly<Record<string, unknown>> } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

/** Names that body-parser and the router give to what they refuse (`error.type`, `error.status`). */
const codeOfParserError: Readonly<Record<string, ErrorCode>> = {
  'entity.parse.failed': 'invalid_json',
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'unsupported_format',
  'charset.unsupported': 'unsupported_format',
};

/** Turns whatever a route or a parser threw into an error one can answer with. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const { type, status, limit, length } = (thrown ?? {}) as Record<string, unknown>;
  const code = typeof type === 'string' ? codeOfParserError[type] : undefined;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  if (code === 'invalid_json') {
    return new ServiceError(code, `Expected a JSON object as the body; it could not be parsed: ${reason}.`);
  }
  if (code === 'body_too_large') {
    const details = { limit_bytes: limit, came_bytes: length ?? null };
    return new ServiceError(code, `Expected a body of at most ${limit} bytes. Send a smaller one.`, details);
  }
  if (code)
    return new ServiceError(code, `Expected JSON in UTF-8, not compressed in an unknown way: ${reason}.`);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ServiceError('bad_request', `The request could not be read: ${reason}.`);
  }
  return new ServiceError('internal', 'The service failed on this request; its log says why.');
}
