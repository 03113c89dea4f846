import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '@leak-lab/course';
import { seedFor } from '@leak-lab/incident';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ServiceClient } from '../service/client.ts';
import { Services, type ServicesDeps } from './services.ts';

const MB = 2 ** 20;
const limit_bytes = 256 * MB;
const server = createServer((request, response) => {
  const what = `${request.method} ${request.url}`;
  asked.push(what);
  response.setHeader('content-type', 'application/json');
  if (what === refused) {
    response.statusCode = 409;
    return void response.end(JSON.stringify({ error: { code: 'no_valkey', message: 'No Valkey.' } }));
  }
  response.end(JSON.stringify(request.url === '/admin/sample' ? sample() : { running: false }));
});
const asked: string[] = [];
let refused = '';
let pid = 1;

/** The first process is too full to begin a lab with. */
const sample = () => ({
  pid,
  started_at: new Date(0).toISOString(),
  uptime_seconds: pid,
  process: {
    rss_bytes: MB,
    heap_used_bytes: MB,
    heap_total_bytes: MB,
    external_bytes: 0,
    array_buffers_bytes: 0,
    cpu_seconds: 1,
  },
  container: {
    limit_bytes,
    working_set_bytes: pid === 1 ? 0.9 * limit_bytes : MB,
    enforced_by: 'kernel',
  },
  requests: { total: 1, errors: 0, in_flight: 0, oldest_in_flight: [] },
});

const seed = seedFor(({ leaks }) => leaks[0]?.id === 'buffers', { level: 1 });
const standing = { isUp: true, life: 1 };
let client: ServiceClient;
let services: Services;
beforeEach(async () => {
  asked.length = 0;
  [refused, pid, standing.life] = ['', 1, 1];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new ServiceClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, undefined);
  const nothing = async () => undefined;
  services = new Services({
    client,
    traffic: { set: () => undefined },
    patients: { away: nothing, clean: nothing, begin: nothing, goOn: nothing, setTraffic: () => undefined },
    keeper: {
      restart: async () => {
        pid = 2;
        // It is looked at once a second.
        setTimeout(() => {
          standing.life = 2;
        }, 300);
        return undefined;
      },
    },
    service: () => standing,
    profile: nothing,
  } as unknown as ServicesDeps);
});
afterEach(() => {
  client.close();
  server.close();
  server.closeAllConnections();
});

it('a part that begins in a restarted service is not begun once more when the record sees that', async () => {
  const setup = { seeds: () => [seed], level: 1, in_the_open: true, traffic_per_second: 0 } as const;
  await services.begin(setup, [seed], 1, () => () => undefined);
  await expect.poll(() => standing.life, { timeout: 10_000 }).toBe(2);
  await services.goOn(setup, { seeds: [seed] } as unknown as Session, false);
  expect(asked.filter((path) => path === 'POST /admin/leaks/buffers')).toHaveLength(1);
  // A death is another matter.
  standing.life = 3;
  await services.goOn(setup, { seeds: [seed] } as unknown as Session, false);
  expect(asked.filter((path) => path === 'POST /admin/leaks/buffers')).toHaveLength(2);
});

it('what is to come is written down when nothing runs any more and before it begins, and taken back where it is refused', async () => {
  pid = 2;
  const setup = { seeds: () => [seed], level: 1, traffic_per_second: 0 } as const;
  const keep = () => {
    asked.push('kept');
    return () => void asked.push('taken back');
  };
  await services.begin(setup, [seed], 1, keep);
  const without = () => asked.filter((what) => !what.startsWith('GET'));
  expect(without()).toEqual(['POST /admin/reset', 'kept', 'POST /admin/incident']);
  asked.length = 0;
  refused = 'POST /admin/incident';
  await expect(services.begin(setup, [seed], 1, keep)).rejects.toMatchObject({ code: 'no_valkey' });
  expect(without()).toEqual(['POST /admin/reset', 'kept', 'POST /admin/incident', 'taken back']);
  // It may have begun all the same.
  asked.length = 0;
  refused = '';
  await services.goOn(setup, { seeds: [seed] } as unknown as Session, false);
  expect(without()).toEqual(['POST /admin/reset', 'POST /admin/incident']);
});
