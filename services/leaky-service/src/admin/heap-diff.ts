import type { Route } from '@leak-lab/json-service';
import type { Response } from 'express';
import { refusals, ServiceError } from '../errors.ts';

const timeout_ms = 10_000;

/** The service never analyses a heap itself: the console does, which outlives it. */
export function heapDiffRoutes(consoleUrl: string | undefined): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/heap/diff',
      refusals: refusals('not_found', 'no_console'),
      summary: "What changed by class between the last two snapshots, as the console's analysis says.",
      handler: async (_request, response) => {
        if (consoleUrl === undefined) {
          throw new ServiceError(
            'no_console',
            'Snapshots are compared by the console, and CONSOLE_URL names none. Start the console, or compare the files with heapdiff.',
          );
        }
        await passOn(`${consoleUrl}/api/diffs/latest`, response);
      },
    },
  ];
}

/** The console's answer as it came, its refusals with it. */
async function passOn(url: string, response: Response): Promise<void> {
  let answer: globalThis.Response;
  let text: string;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(timeout_ms) });
    text = await answer.text();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError(
      'no_console',
      `The console at ${url} did not answer: ${reason}. Is it running, and does CONSOLE_URL name it?`,
      { console_url: url, reason },
    );
  }
  if (answer.ok && text === 'null') {
    throw new ServiceError(
      'not_found',
      'No comparison was made yet. Take two snapshots and compare them in the console.',
    );
  }
  response.status(answer.status).type('application/json').send(text);
}
