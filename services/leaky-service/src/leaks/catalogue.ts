import type { Drive } from '@leak-lab/workload';
import { usualDrive } from '@leak-lab/workload';
import { reloadPath } from '../api/blocklist.ts';
import { ingestPath } from '../api/ingest.ts';
import { ArticleCache } from '../features/article-cache.ts';
import { AvailabilityCheck } from '../features/availability-check.ts';
import { Blocklist } from '../features/blocklist.ts';
import { ConnectionBuffers } from '../features/connection-buffers.ts';
import { OrderViews } from '../features/order-views.ts';
import { PriceQuotes } from '../features/price-quotes.ts';
import { ReceiveBuffers } from '../features/receive-buffers.ts';
import { RefreshAhead } from '../features/refresh-ahead.ts';
import { ReportRows } from '../features/report-rows.ts';
import { RequestHistory } from '../features/request-history.ts';
import { ResponseCache } from '../features/response-cache.ts';
import { SessionStore } from '../features/session-store.ts';
import { AvailabilityCheck as FixedAvailabilityCheck } from '../fixed/availability-check.ts';
import { Blocklist as FixedBlocklist } from '../fixed/blocklist.ts';
import { OrderViews as FixedOrderViews } from '../fixed/order-views.ts';
import { PriceQuotes as FixedPriceQuotes } from '../fixed/price-quotes.ts';
import { ReceiveBuffers as FixedReceiveBuffers } from '../fixed/receive-buffers.ts';
import { RefreshAhead as FixedRefreshAhead } from '../fixed/refresh-ahead.ts';
import { RequestHistory as FixedRequestHistory } from '../fixed/request-history.ts';
import { ResponseCache as FixedResponseCache } from '../fixed/response-cache.ts';
import { SessionStore as FixedSessionStore } from '../fixed/session-store.ts';
import { domain_bytes } from '../orders/domains.ts';
import type { Leak } from './leak.ts';

/** At 200 requests a second this fills 256 MB within 90 seconds. */
const usual_bytes = 16_384;

/** 32 a minute at 200 requests a second, as it was seen in the field. */
const socketsOneIn = 375;

/**
 * Ends it within two minutes, and not before an alert has been seen: that goes by what Node counts, beside which the kernel
 * keeps 16 KB of each connection.
 */
const fastSockets = { bytes: 49_152, one_in: 6 };

/** A list of 100,000 domains. */
const domainList_bytes = 100_000 * domain_bytes;

const largeEvents: Drive = { method: 'POST', path: ingestPath, body: 'large', rate_per_second: 200 };
const reloads: Drive = { method: 'POST', path: reloadPath, rate_per_second: 1 };

/** All that can be switched on. The contract test runs over this list. */
export const catalogue: readonly Leak[] = [
  {
    id: 'cache',
    symptom: 'Memory rises with every request and stays when the load is gone.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: usual_bytes }, field: { bytes: 14_645 } },
    drive: usualDrive,
    create: (options) => new ResponseCache(options),
    createFixed: (options) => new FixedResponseCache(options),
  },
  {
    id: 'listeners',
    symptom: 'Memory rises with every request, and so does the time that each change of a price takes.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: usual_bytes } },
    drive: usualDrive,
    create: (options) => new OrderViews(options),
    createFixed: (options) => new FixedOrderViews(options),
  },
  {
    id: 'history',
    symptom: 'Memory rises with every request, by many small things.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: usual_bytes } },
    drive: usualDrive,
    create: (options) => new RequestHistory(options),
    createFixed: (options) => new FixedRequestHistory(options),
  },
  {
    id: 'closures',
    symptom: 'Memory rises under load when the upstream is slow, and falls when it has caught up.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: usual_bytes }, field: { bytes: 3_072 } },
    drive: usualDrive,
    create: (options) => new RefreshAhead(options),
    createFixed: (options) => new FixedRefreshAhead(options),
  },
  {
    id: 'buffers',
    symptom: 'Memory rises with every large event that is taken in, while the heap stays as it is.',
    unit: 'request',
    memory: 'external',
    control: false,
    presets: { default: { bytes: usual_bytes }, field: { bytes: 783 } },
    drive: largeEvents,
    create: (options) => new ReceiveBuffers(options),
    createFixed: (options) => new FixedReceiveBuffers(options),
  },
  {
    id: 'sockets',
    symptom: 'Open connections rise by some each minute and never fall, and so do file descriptors.',
    unit: 'connection',
    memory: 'sockets',
    control: false,
    presets: {
      default: { bytes: usual_bytes, one_in: socketsOneIn },
      fast: fastSockets,
    },
    least_bytes: usual_bytes,
    drive: usualDrive,
    create: (options) => new AvailabilityCheck(options),
    createFixed: (options) => new FixedAvailabilityCheck(options),
  },
  {
    id: 'reload',
    symptom: 'Memory rises by a step with every reload of the blocklist, whatever the load.',
    unit: 'event',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: domainList_bytes } },
    drive: reloads,
    create: (options) => new Blocklist(options),
    createFixed: (options) => new FixedBlocklist(options),
  },
  {
    id: 'expired',
    symptom: 'Memory rises with every request and stays, though all that is kept is good for half a minute.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: { bytes: usual_bytes } },
    drive: usualDrive,
    create: (options) => new PriceQuotes(options),
    createFixed: (options) => new FixedPriceQuotes(options),
  },
  {
    id: 'keys',
    symptom:
      'The service stays as it is, and the memory of the Valkey that it writes to rises with every request.',
    unit: 'request',
    memory: 'remote',
    control: false,
    presets: { default: { bytes: usual_bytes } },
    drive: usualDrive,
    needs: 'valkey',
    create: (options) => new SessionStore(options),
    createFixed: (options) => new FixedSessionStore(options),
  },
  control({
    id: 'warm-cache',
    symptom: 'Memory rises for minutes after a start.',
    unit: 'request',
    memory: 'heap',
    presets: { default: { bytes: usual_bytes } },
    create: (options) => new ArticleCache(options),
  }),
  control({
    id: 'churn',
    symptom: 'Memory rises and falls under load, and comes near its limit.',
    unit: 'request',
    memory: 'heap',
    presets: { default: { bytes: 32_768 } },
    create: (options) => new ReportRows(options),
  }),
  control({
    id: 'pool',
    symptom: 'Memory is far higher than it was, from one moment to the next.',
    unit: 'connection',
    memory: 'external',
    presets: { default: { bytes: 2 ** 20 } },
    create: (options) => new ConnectionBuffers(options),
  }),
];

/** What looks like a leak and is none: there is nothing in it to be fixed. */
function control(leak: Omit<Leak, 'control' | 'createFixed' | 'drive'>): Leak {
  return { ...leak, control: true, drive: usualDrive, createFixed: leak.create };
}
