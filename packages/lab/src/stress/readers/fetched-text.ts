import { NoReading } from '../memory-reader.ts';

const timeout_ms = 5_000;

/** The text at `url`. Throws {@link NoReading} where nobody answers, or with another status than 200. */
export async function fetchedText(url: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(timeout_ms) });
    if (answer.ok) return await answer.text();
  } catch (thrown) {
    throw new NoReading(`${url} does not answer: ${causeOf(thrown)}`);
  }
  await answer.body?.cancel();
  throw new NoReading(`${url} answers ${answer.status}`);
}

function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
