export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error that is an answer: its message says what was expected, what came and what to do. */
export class HttpError<Code extends string = string> extends Error {
  override readonly name: string = 'HttpError';
  readonly status: number;
  readonly code: Code;
  readonly details: ErrorDetails;
  /** Headers that go with the answer; `retry_after_seconds` in the details makes a `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: Code,
    message: string,
    details: ErrorDetails = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    const { retry_after_seconds: retry } = details;
    this.headers = typeof retry === 'number' ? { 'retry-after': String(retry), ...headers } : headers;
  }

  toJSON(): { error: { code: Code; message: string; details: ErrorDetails } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

/** Names that body-parser gives to what it refuses (`error.type`), as code and status. */
const parserErrors: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'entity.parse.failed': [400, 'invalid_json'],
  'entity.too.large': [413, 'body_too_large'],
  'encoding.unsupported': [415, 'unsupported_format'],
  'charset.unsupported': [415, 'unsupported_format'],
};

/** Turns whatever a route or a parser threw into an error one can answer with; `program` names who failed. */
export function toHttpError(thrown: unknown, program: string): HttpError {
  if (thrown instanceof HttpError) return thrown;
  const { type, status, limit, length } = (thrown ?? {}) as Record<string, unknown>;
  const known = typeof type === 'string' ? parserErrors[type] : undefined;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  if (known !== undefined) {
    const [knownStatus, code] = known;
    if (code === 'body_too_large') {
      const details = { limit_bytes: limit, came_bytes: length ?? null };
      const message = `Expected a body of at most ${limit} bytes. Send a smaller one.`;
      return new HttpError(knownStatus, code, message, details);
    }
    const expected =
      code === 'invalid_json'
        ? 'Expected a JSON object as the body; it could not be parsed'
        : 'Expected JSON in UTF-8, not compressed in an unknown way';
    return new HttpError(knownStatus, code, `${expected}: ${reason}.`);
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpError(
      status === 404 ? 404 : 400,
      'bad_request',
      `The request could not be read: ${reason}.`,
    );
  }
  return new HttpError(500, 'internal', `The ${program} failed on this request; its log says why.`);
}
