import { ConsoleClient } from '../console-client.ts';
import { askEngine } from '../docker/engine-knowledge.ts';
import type { LabClient } from '../lab-client.ts';
import { LabError } from '../lab-error.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { asMarkdown, asText } from '../postmortem/write.ts';
import { findLab } from '../running-lab.ts';
import { untilReady } from '../supervisor/health.ts';

const patience_ms = 2_000;
/** A process may be said to have started a little earlier or later by who reads it otherwise. */
const clock_ms = 500;

export interface PostmortemOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `./lab postmortem`: the last minute before a death of the service, how it ended and how that is known. */
export async function postmortem(id: string | undefined, options: PostmortemOptions): Promise<void> {
  const { embedded, consoleUrl, client } = findLab();
  const console_ = new ConsoleClient(consoleUrl);
  if (id === undefined) await untilCaughtUp(console_, client);
  const death = await console_.death(id === undefined ? await lastDeath(console_) : parseId(id));
  const engine = embedded === undefined ? (askEngine(death.time_ms) ?? null) : null;
  console.log(inForm({ death, engine }, options));
}

/**
 * A service that is back was seen by whoever asks now; its death is known when the console has read of the new process. Waits for that
 * as long as one does without asking why: where nobody answers, or the console lags, what is known has to do.
 */
function untilCaughtUp(console_: ConsoleClient, client: LabClient): Promise<boolean> {
  return untilReady(async () => {
    const [service, now] = await Promise.all([client.sample().catch(() => undefined), console_.now()]);
    if (service === undefined) return false;
    return (now.service.started_at_ms ?? 0) >= Date.parse(service.started_at) - clock_ms;
  }, AbortSignal.timeout(patience_ms));
}

function inForm(found: Postmortem, { json = false, markdown = false }: PostmortemOptions): string {
  if (json) return JSON.stringify(found, null, 2);
  return markdown ? asMarkdown(found) : asText(found);
}

async function lastDeath(console_: ConsoleClient): Promise<number> {
  const [last] = await console_.deaths();
  if (last !== undefined) return last.id;
  throw new LabError({
    problem: 'The console has recorded no death of the service.',
    expected: 'a service that died while the console ran',
    advice: './lab leak cache on and ./lab load bring one about within 90 s; ./lab status says what runs',
  });
}

function parseId(text: string): number {
  const id = Number(text);
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new LabError({
    problem: 'That is no death.',
    expected: 'the number of a death, as the page shows it',
    came: JSON.stringify(text),
    advice: 'leave it out for the last one: ./lab postmortem',
  });
}
