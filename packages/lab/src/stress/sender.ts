import { Agent, type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Counts, failureKind } from './counts.ts';

/** What is sent, how often the same. */
export interface Shot {
  readonly url: string;
  readonly method: string;
  readonly body?: Buffer | undefined;
  readonly content_type?: string | undefined;
  /** Resolves the name; the addresses that were allowed, where that was checked. */
  readonly lookup?: LookupFunction | undefined;
}

export interface SenderOptions {
  /** Requests at once. */
  readonly workers: number;
  readonly keepAlive?: boolean;
  /** Without the whole answer after so long a request has failed. */
  readonly timeout_seconds?: number;
  /** Ends all that is under way; what was, is not counted. */
  readonly signal?: AbortSignal | undefined;
}

/** Workers begin one after the other: a server that keeps five connections waiting lets the others wait for a second. */
const apart_ms = 2;

/** How a number of requests went: all were sent, nobody answered any more, or it was told to stop. */
export type Sent = 'all' | 'unanswered' | 'stopped';

/**
 * Sends exactly as many requests as it is told to, the same each, by a number of workers of which each waits for its answer.
 * Not by autocannon, which keeps a time and not a count.
 */
export class Sender {
  readonly workers: number;
  readonly keepAlive: boolean;
  readonly #shot: Shot;
  readonly #options: RequestOptions;
  readonly #request: typeof httpRequest;
  readonly #timeout_ms: number;
  readonly #signal: AbortSignal | undefined;
  readonly #failures: Record<string, number> = {};
  #agent: Agent;
  /** No connection is open yet. */
  #isFresh = true;
  #ok = 0;
  #failed = 0;
  #payload_bytes = 0;
  #connections = 0;
  #unansweredInARow = 0;

  constructor(shot: Shot, { workers, keepAlive = true, timeout_seconds = 10, signal }: SenderOptions) {
    const url = new URL(shot.url);
    this.workers = workers;
    this.keepAlive = keepAlive;
    this.#shot = shot;
    this.#request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    this.#timeout_ms = timeout_seconds * 1000;
    this.#signal = signal;
    this.#agent = this.#newAgent();
    const length = shot.body === undefined ? {} : { 'content-length': shot.body.length };
    const type = shot.content_type === undefined ? {} : { 'content-type': shot.content_type };
    this.#options = {
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: url.pathname + url.search,
      method: shot.method,
      headers: { ...type, ...length },
      ...(shot.lookup && { lookup: shot.lookup }),
    };
  }

  /** From the start. */
  get counts(): Counts {
    return {
      requests: this.#ok + this.#failed,
      ok: this.#ok,
      failed: this.#failed,
      failures: { ...this.#failures },
      payload_bytes: this.#payload_bytes,
      connections_opened: this.#connections,
    };
  }

  /** Sends `amount` requests. Ends before when more in a row than there are workers stay without an answer. */
  async send(amount: number): Promise<Sent> {
    let begun = 0;
    const opens = this.#isFresh;
    this.#isFresh = false;
    this.#unansweredInARow = 0;
    const stopped = () => this.#signal?.aborted === true;
    const givenUp = () => this.#unansweredInARow > this.workers;
    const work = async (_: unknown, index: number): Promise<void> => {
      if (index > 0 && opens) await pause(index * Math.min(apart_ms, 100 / this.workers));
      while (begun < amount && !stopped() && !givenUp()) {
        begun += 1;
        await this.#sendOne();
      }
    };
    const closeAll = () => this.close();
    this.#signal?.addEventListener('abort', closeAll);
    await Promise.all(Array.from({ length: Math.min(this.workers, amount) }).map(work));
    this.#signal?.removeEventListener('abort', closeAll);
    if (stopped()) return 'stopped';
    return givenUp() ? 'unanswered' : 'all';
  }

  /** Closes the connections that are kept; the next request opens new ones. */
  close(): void {
    this.#agent.destroy();
    this.#agent = this.#newAgent();
    this.#isFresh = true;
  }

  #newAgent(): Agent {
    const options = { keepAlive: this.keepAlive, maxSockets: this.workers };
    const https = new URL(this.#shot.url).protocol === 'https:';
    return https ? new HttpsAgent(options) : new Agent(options);
  }

  /** `again`: over a connection that was kept and that the target closed meanwhile, which is no failure of the request. */
  #sendOne(again = false): Promise<void> {
    const { body } = this.#shot;
    const { promise, resolve } = Promise.withResolvers<void>();
    let call: ClientRequest | undefined;
    let over = false;
    const end = (failure: string | undefined, answered: boolean) => {
      if (over) return;
      over = true;
      clearTimeout(late);
      if (this.#signal?.aborted !== true) this.#count(failure, answered);
      resolve();
    };
    const late = setTimeout(() => {
      end('timed out', false);
      call?.destroy();
    }, this.#timeout_ms);
    const agent = again ? this.#newAgent() : this.#agent;
    call = this.#request({ ...this.#options, agent }, (answer) => {
      const { statusCode: status = 0 } = answer;
      const good = status >= 200 && status <= 299;
      answer.once('end', () => end(good ? undefined : `status ${status}`, true));
      answer.once('close', () => {
        end('broken off', false);
        if (again) agent.destroy();
      });
      answer.on('error', () => undefined);
      answer.resume();
    });
    // One that is handed over by another request is connected, and not told as reused by Node where that one waited for it.
    let wasConnected = false;
    call.once('socket', (socket) => {
      wasConnected = !socket.connecting;
      if (wasConnected) return;
      socket.once('connect', () => {
        this.#connections += 1;
      });
    });
    call.once('error', (error: NodeJS.ErrnoException) => {
      const wasClosed = wasConnected && failureKind(error.code) === 'reset';
      if (!wasClosed || again || over || this.#signal?.aborted === true) {
        end(failureKind(error.code), false);
        return;
      }
      over = true;
      clearTimeout(late);
      resolve(this.#sendOne(true));
    });
    call.end(body);
    return promise;
  }

  #count(failure: string | undefined, answered: boolean): void {
    this.#payload_bytes += this.#shot.body?.length ?? 0;
    this.#unansweredInARow = answered ? 0 : this.#unansweredInARow + 1;
    if (failure === undefined) {
      this.#ok += 1;
      return;
    }
    this.#failed += 1;
    this.#failures[failure] = (this.#failures[failure] ?? 0) + 1;
  }
}
