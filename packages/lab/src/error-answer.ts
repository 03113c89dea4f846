/** What a part of the lab says of a request that it refuses. */
export interface ErrorAnswer {
  readonly code?: string | undefined;
  readonly message: string;
  readonly details?: unknown;
}

/** Reads `{"error": {code, message, details}}`; where something else answers, its text has to do. */
export function readErrorAnswer(text: string): ErrorAnswer {
  try {
    const { code, message, details } = (JSON.parse(text) as { error: ErrorAnswer }).error;
    return { code, message, details };
  } catch {
    return { message: text.slice(0, 300) };
  }
}
