import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { places, type Score, scoreOf } from '@leak-lab/course';
import type { Incident } from '@leak-lab/incident';
import { expect } from 'vitest';
import { root } from '../../../packages/lab/src/settings.ts';
import type { LabCommand } from '../../embedded/support/lab-command.ts';
import { writeFix } from '../labs/support/write-fix.ts';
import { command } from './command.ts';
import type { Recorded } from './looks.ts';

/** How the service is kept up: what leaks is switched off, or mended, at once or after a fix that is none. */
export type Keeping = 'off' | 'mend' | 'mend wrongly first';

/** Enough to see that it is flat, or that it is not. */
const seen_requests = 1_550;
/** What is flat is seen the sooner the more is asked. */
const traffic_perSecond = 500;
/** What a right fix keeps all the same has to be there before it can be seen that it stays: one list, or all sessions of some seconds. */
const filled_requests: Readonly<Record<string, number>> = {
  'blocklist.ts': 3_100,
  'session-store.ts': 20_000,
};

/** Files that a lab of the course knows the purpose of: a copy that leaks still is refused with that. */
const knownByLabs = new Set(['response-cache.ts', 'request-history.ts', 'order-views.ts']);

/** Does to the service what keeps it up, and waits until that can be seen. */
export async function keepUp(
  lab: LabCommand,
  recorded: Recorded,
  incident: Incident,
  keeping: Keeping,
): Promise<void> {
  await recorded.setTraffic(traffic_perSecond);
  const files = incident.leaks.map(({ id }) => places[id]?.file ?? '');
  for (const file of files) {
    if (keeping === 'off') await command(lab, 'incident', 'off', file);
    else await mend(lab, recorded, incident, { file, wrongly: keeping === 'mend wrongly first' });
  }
  const filled = files.map((file) => filled_requests[file] ?? 0);
  await untilSeen(recorded, Math.max(seen_requests, ...(keeping === 'off' ? [] : filled)));
}

/** Waits until it can be seen that it is flat, or that it is not. */
export async function untilSeen(
  recorded: Pick<Recorded, 'look' | 'untilRequests'>,
  requests = seen_requests,
): Promise<void> {
  await recorded.look();
  // A second one: the first leaves what only finalizers let go of.
  await recorded.look();
  for (let seen = 0; seen < requests; seen += seen_requests) {
    await recorded.untilRequests(seen_requests);
    await recorded.look();
  }
}

interface Wanted {
  readonly file: string;
  readonly wrongly: boolean;
}

async function mend(
  lab: LabCommand,
  recorded: Recorded,
  incident: Incident,
  { file, wrongly }: Wanted,
): Promise<void> {
  const path = copyIn(await command(lab, 'incident', 'mend', file));
  if (wrongly) {
    // Other words, the same leak.
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n// Looked at twice.\n`);
    const tried = await lab.run('incident', 'mend', file);
    if (knownByLabs.has(file)) {
      expect(tried).toMatchObject({ code: 1, stderr: expect.stringContaining('does not do what it is for') });
    } else {
      expect({ code: tried.code, stderr: tried.stderr }).toEqual({ code: 0, stderr: '' });
      await untilSeen(recorded);
      expect(keptUpOf(recorded, incident)).toMatchObject({
        points: 0,
        was: expect.stringContaining('left of each request'),
      });
    }
  }
  mendAt(path, file);
  await command(lab, 'incident', 'mend', file);
}

/** Writes a right fix of a feature to `path`: the service's own twin of it, as it would stand at `seen_as` to who runs it. */
export function mendAt(path: string, file: string, seen_as = path): void {
  const twin = join(root, 'services/leaky-service/src/fixed', file);
  writeFix(twin, path, seen_as);
}

/** Where the copy lies that `./lab incident mend` made, by its words. */
export const copyIn = (said: string): string => /^Yours to mend: (.*\.ts)\./m.exec(said)?.[1] ?? '';

/** What the service's being kept up would bring, were the incident over now. */
function keptUpOf(recorded: Recorded, incident: Incident): Score['parts'][number] | undefined {
  const { session } = recorded;
  const { parts } = scoreOf(session.answers, incident, session.level ?? 0, recorded.evidence(session));
  return parts.find(({ key }) => key === 'kept_up');
}
