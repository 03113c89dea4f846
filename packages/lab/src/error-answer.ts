/** What a part of the lab says of a request that it refuses. */
export interface ErrorAnswer {
  readonly message: string;
  readonly details?: unknown;
}

/** Reads `{"error": {code, message, details}}`; where something else answers, its text has to do. */
export function readErrorAnswer(text: string): ErrorAnswer {
  try {
    const { message, details } = (JSON.parse(text) as { error: ErrorAnswer }).error;
    return { message, details };
  } catch {
    return { message: text.slice(0, 300) };
  }
}
