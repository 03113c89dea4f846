import { setTimeout as pause } from 'node:timers/promises';
import type { Incident } from '@leak-lab/incident';
import type { Logger } from 'pino';
import type { Switchboard } from '../leaks/switchboard.ts';
import type { UpstreamClient } from '../upstream/client.ts';

const retryEvery_ms = 1_000;

/** Brings about what an incident is when it begins to be seen, and nothing before. */
export class Onset {
  readonly #switchboard: Switchboard;
  readonly #upstream: UpstreamClient;
  readonly #logger: Logger;
  #over = new AbortController();

  constructor(switchboard: Switchboard, upstream: UpstreamClient, logger: Logger) {
    this.#switchboard = switchboard;
    this.#upstream = upstream;
    this.#logger = logger;
  }

  /** `passed_ms`: since the incident began, in this process or in those before it; `off`: what is not to be brought about. */
  await(incident: Incident, passed_ms: number, off: ReadonlySet<string>): void {
    const over = new AbortController();
    this.#over = over;
    const left_ms = incident.onset_seconds * 1_000 - Math.max(0, passed_ms);
    const bring = () => this.#bring(incident, off, over.signal);
    if (left_ms <= 0) bring();
    else {
      pause(left_ms, undefined, { signal: over.signal, ref: false }).then(bring, () => undefined);
    }
  }

  /** What was not brought about yet is not any more; what was stays. */
  cancel(): void {
    this.#over.abort();
  }

  #bring({ leaks, upstream }: Incident, off: ReadonlySet<string>, over: AbortSignal): void {
    for (const { id, ...amount } of leaks) {
      if (off.has(id)) continue;
      try {
        this.#switchboard.change(id, { enabled: true, ...amount });
      } catch {
        // What it needs was there when it began, in a process before this one. To name it would tell what the incident is.
        this.#logger.error('the incident cannot go on: something that it needs is not there any more');
      }
    }
    void this.#tellUpstream(upstream ?? {}, over);
  }

  /** Whatever the incident is, one word goes to the upstream: that there was one says nothing. It may start later than this service. */
  async #tellUpstream(settings: object, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const told = await this.#upstream.call('POST', '/settings', settings).catch(() => undefined);
      if (told?.status === 200) return;
      await pause(retryEvery_ms, undefined, { signal: over, ref: false }).catch(() => undefined);
    }
  }
}
