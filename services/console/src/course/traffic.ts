import { Agent, request } from 'node:http';
import type { Customers, CustomersRequest } from '@leak-lab/course';
import type { Incident } from '@leak-lab/incident';

const tick_ms = 20;
const connections = 20;
const timeout_ms = 10_000;
/** What could not be sent in a stall is not made up for beyond this. */
const mostLate_seconds = 0.5;
export const highest_perSecond = 2_000;

/** How requests went. */
export interface Sent {
  readonly answered: number;
  readonly failed: number;
}

/** What most labs of the course grow by. */
const usual = (): CustomersRequest => ({ method: 'GET', path: '/api/data' });

/** The customers of a lab: requests to the service, evenly over each second, through its deaths. */
export class Traffic {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections });
  #perSecond = 0;
  #timer: NodeJS.Timeout | undefined;
  #last_ms = 0;
  #due = 0;
  #underWay = 0;
  #customers: Customers = usual;
  #incident: Incident | null = null;
  #share: () => number = () => 1;
  #number = 0;
  /** By how many it is held. */
  #held = 0;

  constructor(serviceUrl: string) {
    this.#url = serviceUrl;
  }

  get per_second(): number {
    return this.#perSecond;
  }

  /** From now on the customers send these, counted from 0, in an incident; the usual where it is not said. */
  ask(customers: Customers = usual, incident: Incident | null = null): void {
    this.#incident = incident;
    if (customers === this.#customers) return;
    this.#customers = customers;
    this.#number = 0;
  }

  /** How much of what is set is asked now, as it goes up and down. */
  follow(share: () => number = () => 1): void {
    this.#share = share;
  }

  set(perSecond: number): void {
    if (perSecond === this.#perSecond) return;
    this.#perSecond = perSecond;
    clearInterval(this.#timer);
    this.#due = 0;
    this.#last_ms = performance.now();
    this.#timer = perSecond === 0 ? undefined : setInterval(() => this.#tick(), tick_ms).unref();
  }

  /** Sends nothing of itself until what it gives is called, or `signal` aborts. */
  hold(signal: AbortSignal): () => void {
    let held = true;
    const release = () => {
      if (held) this.#held -= 1;
      held = false;
    };
    this.#held += 1;
    signal.addEventListener('abort', release, { once: true });
    return release;
  }

  /** Sends so many as fast as they are answered. */
  async send(requests: number, signal: AbortSignal): Promise<Sent> {
    let left = requests;
    let [answered, failed] = [0, 0];
    const work = async () => {
      while (left > 0 && !signal.aborted) {
        left -= 1;
        if (await this.#ask()) answered += 1;
        else failed += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, work));
    return { answered, failed };
  }

  stop(): void {
    this.set(0);
    this.#agent.destroy();
  }

  #tick(): void {
    const now_ms = performance.now();
    const passed_seconds = Math.min(mostLate_seconds, (now_ms - this.#last_ms) / 1000);
    this.#last_ms = now_ms;
    if (this.#held > 0) return;
    this.#due += passed_seconds * this.#perSecond * this.#share();
    // While nobody answers, requests do not pile up.
    const room = Math.max(connections, this.#perSecond) - this.#underWay;
    const now = Math.max(0, Math.min(Math.floor(this.#due), room));
    this.#due -= Math.floor(this.#due);
    for (let sent = 0; sent < now; sent += 1) void this.#ask();
  }

  #ask(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#underWay += 1;
    const { method, path, body, headers: own } = this.#customers(this.#number, this.#incident);
    this.#number += 1;
    const headers = body && { 'content-type': 'application/json', 'content-length': body.length };
    const options = { method, agent: this.#agent, timeout: timeout_ms, headers: { ...headers, ...own } };
    const call = request(new URL(path, this.#url), options, (answer) => {
      answer.on('end', () => resolve((answer.statusCode ?? 0) < 400));
      answer.on('error', () => resolve(false));
      answer.resume();
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.on('close', () => {
      this.#underWay -= 1;
      resolve(false);
    });
    call.end(body);
    return promise;
  }
}
