import { Agent, type IncomingMessage, request } from 'node:http';
import { JobQueue } from './job-queue.ts';

/** How a call to the upstream ended. A call that neither answered nor failed has not finished. */
export type Outcome = 'success' | 'timeout' | 'error';

export interface UpstreamAnswer {
  readonly status: number;
  readonly body: string;
}

const connections = 4;
const timeout_ms = 30_000;

/** Talks to the one service that this one depends on, over a few connections that are kept. */
export class UpstreamClient {
  readonly jobs = new JobQueue(connections);
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections + 2, maxFreeSockets: connections });
  readonly #finished: Record<Outcome, number> = { success: 0, timeout: 0, error: 0 };
  #started = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls by how they ended, since the start. */
  get outcomes(): Readonly<Record<Outcome | 'never_finished', number>> {
    const { success, timeout, error } = this.#finished;
    return { success, timeout, error, never_finished: this.#started - success - timeout - error };
  }

  /** Connections by what they do now. */
  get connectionStates(): { readonly busy: number; readonly idle: number } {
    const count = (sockets: NodeJS.ReadOnlyDict<unknown[]>) =>
      Object.values(sockets).reduce((total, list) => total + (list?.length ?? 0), 0);
    return { busy: count(this.#agent.sockets), idle: count(this.#agent.freeSockets) };
  }

  /**
   * Asks the upstream and reads the whole answer. Rejects when it cannot be reached, breaks off, or
   * says nothing for 30 s.
   */
  async call(method: 'GET' | 'POST', path: string, json?: unknown): Promise<UpstreamAnswer> {
    this.#started += 1;
    let outcome: Outcome = 'error';
    try {
      const answer = await this.#exchange(
        method,
        path,
        json === undefined ? undefined : JSON.stringify(json),
      );
      outcome = answer.status < 500 ? 'success' : 'error';
      return answer;
    } catch (error) {
      if (error instanceof TimeoutError) outcome = 'timeout';
      throw error;
    } finally {
      this.#finished[outcome] += 1;
    }
  }

  /** Closes the connections that nobody uses. */
  close(): void {
    this.jobs.clear();
    this.#agent.destroy();
  }

  #exchange(method: string, path: string, body: string | undefined): Promise<UpstreamAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamAnswer>();
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const call = request(`${this.#url}${path}`, { method, agent: this.#agent, headers, timeout: timeout_ms });
    call.on('timeout', () =>
      call.destroy(new TimeoutError(`${method} ${path}: no answer within ${timeout_ms} ms`)),
    );
    call.on('error', reject);
    call.on('response', (response) =>
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject),
    );
    call.end(body);
    return promise;
  }
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

async function readAll(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const piece of response) text += piece;
  return text;
}
