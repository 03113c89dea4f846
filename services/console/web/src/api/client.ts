/** What the API answered instead of what was asked: its words are shown as they are. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Asks the console. Throws an `ApiError` for every answer that is not the one hoped for, and when none comes. */
export async function ask<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const request: RequestInit = { method, ...(signal && { signal }) };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { 'content-type': 'application/json' };
  }
  const response = await fetch(path, request).catch((reason: unknown) => {
    if (signal?.aborted) throw reason;
    throw new ApiError(
      'no_console',
      'The console does not answer. Is the lab running? ./lab status says so.',
    );
  });
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer as T;
  throw errorOf(response, answer, text);
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask<T>('GET', path, undefined, signal);

/** A path with its query; what is `null` is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null>>): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) asked.set(name, typeof value === 'number' ? String(Math.round(value)) : value);
  }
  return `${path}?${asked}`;
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(response: Response, answer: unknown, text: string): ApiError {
  const error = (answer as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)
    ?.error;
  if (typeof error?.message === 'string') {
    const details = typeof error.details === 'object' && error.details !== null ? error.details : {};
    return new ApiError(String(error.code), error.message, details as Readonly<Record<string, unknown>>);
  }
  const came = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  return new ApiError(
    'no_json',
    `The console answered ${response.status} with something else than JSON: ${came}`,
  );
}
