import { Agent, type AgentOptions, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { exhaustedResource, type Resource, TimeoutError } from './errors.ts';
import { JobQueue } from './job-queue.ts';
import { Outcomes } from './outcomes.ts';
import { untraced } from './untraced.ts';

export interface UpstreamAnswer {
  readonly status: number;
  readonly body: string;
}

/** How one call is made whose answer the caller reads. */
export interface AskOptions {
  readonly agent: Agent;
  /** How much of an answer is taken from the connection before somebody reads it. */
  readonly readAhead_bytes?: number;
  /** So long nothing may come; for ever where it is not said. */
  readonly silence_ms?: number;
}

const connections = 4;
const timeout_ms = 30_000;

/** Talks to the one service that this one depends on, over a few connections that are kept. */
export class UpstreamClient {
  readonly jobs = new JobQueue(connections);
  readonly #url: string;
  readonly #outcomes = new Outcomes();
  readonly #agents: Agent[] = [];
  readonly #agent = this.makeAgent({ maxSockets: connections + 2, maxFreeSockets: connections });
  #opened = 0;
  readonly #onExhausted: (resource: Resource) => void;

  /** `onExhausted` is told when no connection can be opened for want of something that the process has used up. */
  constructor(url: string, onExhausted: (resource: Resource) => void = () => undefined) {
    this.#url = url;
    this.#onExhausted = onExhausted;
  }

  /** Calls by how they ended, since the start. */
  get outcomes(): Outcomes['counts'] {
    return this.#outcomes.counts;
  }

  /** Connections that were opened since the start. */
  get connectionsOpened(): number {
    return this.#opened;
  }

  /** Connections by what they do now. */
  get connectionStates(): { readonly busy: number; readonly idle: number } {
    return {
      busy: this.#count(({ sockets }) => sockets),
      idle: this.#count(({ freeSockets }) => freeSockets),
    };
  }

  /** Jobs and calls that wait for a connection. */
  get waiting(): number {
    return this.jobs.waiting + this.#count(({ requests }) => requests);
  }

  /** Connections of their own, for calls that are not to wait for others. They are kept for the next call. */
  makeAgent(options: AgentOptions = {}): Agent {
    const agent = new Agent({ keepAlive: true, ...options });
    this.#agents.push(agent);
    return agent;
  }

  /**
   * Asks the upstream and reads the whole answer. Rejects when it cannot be reached, breaks off, or
   * says nothing for 30 s.
   */
  call(method: 'GET' | 'POST', path: string, json?: unknown): Promise<UpstreamAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamAnswer>();
    const body = json === undefined ? undefined : JSON.stringify(json);
    const call = this.#begin(method, path, { agent: this.#agent, silence_ms: timeout_ms }, body);
    call.on('error', reject);
    call.on('response', (response) =>
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject),
    );
    return promise;
  }

  /** Asks the upstream, untraced; the answer is the caller's to read, and so is an error. */
  ask(path: string, options: AskOptions): ClientRequest {
    // In no request's context: what is begun in one keeps that request's span.
    return context.with(ROOT_CONTEXT, () => this.#begin('GET', path, { ...options, isUntraced: true }));
  }

  /** Closes all connections. */
  close(): void {
    this.jobs.clear();
    for (const agent of this.#agents) agent.destroy();
  }

  #begin(
    method: string,
    path: string,
    options: AskOptions & { readonly isUntraced?: boolean },
    body?: string,
  ): ClientRequest {
    const { agent, readAhead_bytes, silence_ms, isUntraced } = options;
    const call = request(`${this.#url}${path}`, {
      method,
      agent,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' } }),
      ...(readAhead_bytes !== undefined && { highWaterMark: readAhead_bytes }),
      ...(silence_ms !== undefined && { timeout: silence_ms }),
      ...(isUntraced && { [untraced]: true }),
    });
    this.#outcomes.follow(call);
    call.once('socket', (socket) => {
      if (socket.connecting) this.#opened += 1;
    });
    call.on('timeout', () =>
      call.destroy(new TimeoutError(`${method} ${path}: no answer within ${silence_ms} ms`)),
    );
    call.on('error', (error) => {
      const resource = exhaustedResource(error);
      if (resource !== undefined) this.#onExhausted(resource);
    });
    call.end(body);
    return call;
  }

  #count(lists: (agent: Agent) => NodeJS.ReadOnlyDict<readonly unknown[]>): number {
    return this.#agents.reduce(
      (total, agent) =>
        total + Object.values(lists(agent)).reduce((sum, list) => sum + (list?.length ?? 0), 0),
      0,
    );
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const piece of response) text += piece;
  return text;
}
