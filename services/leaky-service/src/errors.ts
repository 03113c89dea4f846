import { type ErrorDetails, HttpError } from '@leak-lab/json-service';

/** The service's own errors, beside those of every JSON service: code and HTTP status. */
const statusOf = {
  bad_request: 400,
  invalid_json: 400,
  too_deep: 400,
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
  code_does_not_load: 422,
  snapshot_would_not_fit: 409,
  incident_running: 409,
  no_incident: 409,
  unknown_feature: 400,
  no_valkey: 409,
  valkey_unreachable: 409,
  snapshot_under_way: 429,
  recording_under_way: 429,
  internal: 500,
  upstream_unreachable: 502,
  profiler_off: 503,
  no_snapshot_directory: 503,
  snapshots_not_writable: 503,
  no_incident_file: 503,
  no_work_directory: 503,
  incident_not_kept: 503,
  no_console: 503,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof statusOf;

/** The statuses of `codes`, with their codes: what a route says of itself. */
export function refusals(...codes: readonly ErrorCode[]): Readonly<Record<number, string>> {
  const byStatus = Map.groupBy(codes, (code) => statusOf[code]);
  return Object.fromEntries([...byStatus].map(([status, alike]) => [status, alike.join(', ')]));
}

/** No route has that path. */
export const nothingAt = (path: string): ServiceError =>
  new ServiceError('not_found', `There is nothing at ${path}. GET /openapi.json lists what there is.`, {
    path,
  });

/** An error that is an answer: its message says what was expected, what came and what to do. */
export class ServiceError extends HttpError<ErrorCode> {
  override readonly name = 'ServiceError';

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(statusOf[code], code, message, details);
  }
}
