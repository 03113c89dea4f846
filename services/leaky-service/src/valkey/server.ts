import type { Valkey as Client } from 'iovalkey';
import type { Logger } from 'pino';
import { makeClient } from './make-client.ts';
import { type Outcome, outcomeOf } from './outcomes.ts';
import { nameOf, noValkey, unreachable } from './refusals.ts';
import { readUsage, type Usage } from './usage.ts';

/** As many commands may be under way; more would only wait behind them, and hold memory meanwhile. */
const mostUnderWay = 256;
/** Whoever switches something on that needs a Valkey waits so long for one. */
const patience_ms = 2_000;
const readEvery_ms = 1_000;
const tellFullEvery_ms = 30_000;

/** What is told of each command that is over. */
export type CommandWatch = (outcome: Outcome, seconds: number) => void;

/**
 * The Valkey that this service may use. Nothing of it is loaded or connected before it is needed first; from then on the
 * connection is kept, and made again when it is lost. A Valkey that is gone, slow or full costs a request its command and no more.
 */
export class ValkeyServer {
  readonly #url: string | undefined;
  readonly #logger: Logger;
  #client: Promise<Client> | undefined;
  #ready: Client | undefined;
  #usage: Usage | undefined;
  #readings: NodeJS.Timeout | undefined;
  #isNeeded = false;
  #hasAnswered = false;
  #underWay = 0;
  #saidFull_ms = Number.NEGATIVE_INFINITY;
  #watch: CommandWatch = () => undefined;

  /** `url` as in redis://host:port; `undefined` where there is none. */
  constructor(url: string | undefined, logger: Logger) {
    this.#url = url;
    this.#logger = logger;
  }

  get isConfigured(): boolean {
    return this.#url !== undefined;
  }

  /** Whether it answers; `undefined` as long as it never did and nobody needed it. */
  get isUp(): boolean | undefined {
    return this.#isNeeded || this.#hasAnswered ? this.#ready !== undefined : undefined;
  }

  /** What it said of itself a second ago or less; `undefined` while it does not answer. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  onCommand(watch: CommandWatch): void {
    this.#watch = watch;
  }

  /** Connects, and goes on trying, without waiting for it. Throws `no_valkey` where none is configured. */
  open(): void {
    if (this.#url === undefined) throw noValkey();
    this.#isNeeded = true;
    this.#client ??= this.#start(this.#url);
  }

  /** Connects where there is one, and says nothing where there is none: for whoever wants to see it, and can do without. */
  look(): void {
    if (this.#url !== undefined) this.#client ??= this.#start(this.#url);
  }

  /** Connects and waits until it answers: it is needed from now on. Throws `no_valkey` or `valkey_unreachable`, and then it is as before. */
  async connect(): Promise<void> {
    const wasNeeded = this.#isNeeded;
    this.#isNeeded = true;
    await this.expect().catch((error) => {
      this.#isNeeded = wasNeeded;
      throw error;
    });
  }

  /** Waits until it answers, whoever may need it later. Throws `no_valkey` or `valkey_unreachable`, and then it is as before. */
  async expect(): Promise<void> {
    if (this.#url === undefined) throw noValkey();
    const before = this.#client;
    this.look();
    const client = await this.#client;
    if (this.#ready || !client) return;
    try {
      await untilReady(client);
    } catch (error) {
      if (!before) this.close();
      throw unreachable(this.#url, error);
    }
  }

  /**
   * Lets `send` give commands. Resolves with their answer, or with `undefined` where there was none to be had; it never
   * rejects, and takes half a second at most.
   */
  async command<Answer>(send: (client: Client) => Promise<Answer>): Promise<Answer | undefined> {
    const client = this.#ready;
    if (!client || this.#underWay >= mostUnderWay) {
      this.#watch(client ? 'refused' : 'unavailable', 0);
      return undefined;
    }
    const begun_ms = performance.now();
    let outcome: Outcome = 'success';
    this.#underWay += 1;
    try {
      return await send(client);
    } catch (error) {
      outcome = outcomeOf(error);
      if (outcome === 'full') this.#sayFull();
      return undefined;
    } finally {
      this.#underWay -= 1;
      this.#watch(outcome, (performance.now() - begun_ms) / 1000);
    }
  }

  /** Asks it now what it uses. */
  async read(): Promise<void> {
    const text = await this.#ready?.info().catch(() => undefined);
    this.#usage = text === undefined ? undefined : readUsage(text);
  }

  close(): void {
    clearInterval(this.#readings);
    void this.#client?.then((client) => client.disconnect());
    this.#client = undefined;
    this.#lost();
  }

  async #start(url: string): Promise<Client> {
    const client = await makeClient(url);
    let complained = false;
    client.on('ready', () => {
      this.#logger.info({ valkey: nameOf(url) }, 'valkey answers');
      complained = false;
      this.#hasAnswered = true;
      this.#ready = client;
      void this.read();
    });
    client.on('error', (error: Error) => {
      if (!complained && this.isUp !== undefined)
        this.#logger.warn({ valkey: nameOf(url), reason: error.message }, 'valkey does not answer');
      complained = true;
    });
    client.on('close', () => this.#lost());
    this.#readings = setInterval(() => void this.read(), readEvery_ms).unref();
    void client.connect().catch(() => undefined);
    return client;
  }

  #lost(): void {
    this.#ready = undefined;
    this.#usage = undefined;
  }

  #sayFull(): void {
    if (performance.now() - this.#saidFull_ms < tellFullEvery_ms) return;
    this.#saidFull_ms = performance.now();
    this.#logger.error({ ...this.#usage }, 'valkey is full');
  }
}

/** Rejects with the first reason for which there is no connection. */
function untilReady(client: Client): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = setTimeout(() => reject(new Error(`no answer within ${patience_ms} ms`)), patience_ms);
  client.once('ready', resolve);
  client.once('error', reject);
  return promise.finally(() => {
    clearTimeout(late);
    client.off('ready', resolve);
    client.off('error', reject);
  });
}
