import { Agent, type IncomingMessage, request } from 'node:http';

/** Why there is no answer: nobody listens, none came in time, or the connection broke. */
export type Silence = 'refused' | 'timeout' | 'broken';

export class ServiceSilent extends Error {
  override readonly name = 'ServiceSilent';
  readonly silence: Silence;

  constructor(silence: Silence, message: string) {
    super(message);
    this.silence = silence;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface CallOptions {
  readonly json?: unknown;
  readonly timeout_ms: number;
  /** A longer answer is broken off. */
  readonly most_bytes?: number;
}

/** Longer than any answer of the service that the console asks for. */
const usualMost_bytes = 16 * 1024 * 1024;

/** Asks the service; answers of any status are returned, silence is thrown as {@link ServiceSilent}. */
export class ServiceClient {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(url: string, token: string | undefined) {
    this.url = url;
    this.#token = token;
  }

  async call(method: string, path: string, options: CallOptions): Promise<Answer> {
    try {
      return await this.#once(method, path, options, this.#agent);
    } catch (error) {
      // A kept connection that the service closed in the same moment says nothing of the service.
      const stale = error instanceof ServiceSilent && error.silence === 'broken' && method === 'GET';
      if (!stale) throw error;
      return this.#once(method, path, options, undefined);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #once(method: string, path: string, options: CallOptions, agent: Agent | undefined): Promise<Answer> {
    const { json, timeout_ms, most_bytes = usualMost_bytes } = options;
    const body = json === undefined ? undefined : JSON.stringify(json);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
    };
    const call = request(this.url + path, { method, headers, agent: agent ?? false });
    const late = new ServiceSilent(
      'timeout',
      `No answer to ${method} ${path} within ${timeout_ms / 1000} s.`,
    );
    const timer = setTimeout(() => call.destroy(late), timeout_ms);
    call.on('error', (error) => reject(error instanceof ServiceSilent ? error : silenceOf(error, this.url)));
    call.on('close', () => clearTimeout(timer));
    call.on('response', (response) => {
      const pieces: Buffer[] = [];
      let length_bytes = 0;
      response.on('data', (piece: Buffer) => {
        length_bytes += piece.length;
        pieces.push(piece);
        if (length_bytes > most_bytes) {
          const words = `The answer to ${method} ${path} is longer than ${most_bytes} bytes.`;
          call.destroy();
          reject(new NonsenseAnswer(words));
        }
      });
      response.on('error', (error) =>
        reject(error instanceof ServiceSilent ? error : silenceOf(error, this.url)),
      );
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
      });
    });
    call.end(body);
    return promise;
  }
}

/** The service answered, but not as it should. */
export class NonsenseAnswer extends Error {
  override readonly name = 'NonsenseAnswer';
}

const nobodyThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);

function silenceOf(error: NodeJS.ErrnoException, url: string): ServiceSilent | NonsenseAnswer {
  if (error.code?.startsWith('HPE_'))
    return new NonsenseAnswer(`What answers at ${url} does not speak HTTP: ${error.message}.`);
  if (nobodyThere.has(error.code ?? '')) {
    return new ServiceSilent('refused', `Nothing answers at ${url} (${error.code}).`);
  }
  return new ServiceSilent('broken', `The connection to ${url} broke (${error.code ?? error.message}).`);
}

/** The JSON of an answer. Throws {@link NonsenseAnswer}. */
export function jsonOf(answer: Answer, path: string): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    const start = JSON.stringify(answer.body.toString('utf8', 0, 60));
    throw new NonsenseAnswer(`Expected JSON from ${path}; got ${answer.status} and ${start}.`);
  }
}
