import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { annotations } from './annotations.ts';
import { dashboard } from './dashboard.ts';
import { deathsAndTimeLeft } from './investigation/deaths-and-time-left.ts';
import { gcAndEventLoop } from './investigation/gc-and-event-loop.ts';
import { isItALeak } from './investigation/is-it-a-leak.ts';
import { rateBesideMemory } from './investigation/rate-beside-memory.ts';
import { requests } from './investigation/requests.ts';
import { valkey } from './investigation/valkey.ts';
import { whatTheLabKnows } from './investigation/what-the-lab-knows.ts';
import { whereInMemory } from './investigation/where-in-memory.ts';
import { toConsole, toLabHealth, toRunbooks, toTraces, uids } from './links.ts';
import { lookBack, serviceInstance } from './variables.ts';

/** The story of a leak, top to bottom. `consolePort`: where the console's page is. */
export function investigation(consolePort: string): Dashboard {
  return dashboard({
    uid: uids.investigation,
    title: 'Memory Leak Investigation',
    description:
      'Is it a leak, what does it grow by, where in memory is it, how long until the service dies. Read from top to bottom; each panel’s ⓘ says how to read it.',
    rows: [
      isItALeak,
      rateBesideMemory,
      whereInMemory,
      whatTheLabKnows,
      gcAndEventLoop,
      deathsAndTimeLeft,
      requests,
      valkey,
    ],
    variables: [serviceInstance, lookBack],
    annotations,
    links: [toConsole(consolePort), toTraces, toRunbooks, toLabHealth],
  });
}
