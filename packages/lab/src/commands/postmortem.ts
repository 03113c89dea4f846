import { ConsoleClient } from '../console-client.ts';
import { askEngine } from '../docker/engine-knowledge.ts';
import { LabError } from '../lab-error.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { asMarkdown, asText } from '../postmortem/write.ts';
import { findLab } from '../running-lab.ts';

export interface PostmortemOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `./lab postmortem`: the last minute before a death of the service, how it ended and how that is known. */
export async function postmortem(id: string | undefined, options: PostmortemOptions): Promise<void> {
  const { embedded, consoleUrl } = findLab();
  const console_ = new ConsoleClient(consoleUrl);
  const death = await console_.death(id === undefined ? await lastDeath(console_) : parseId(id));
  const engine = embedded === undefined ? (askEngine(death.time_ms) ?? null) : null;
  console.log(inForm({ death, engine }, options));
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
