import { OrderViews } from '../features/order-views.ts';
import { RefreshAhead } from '../features/refresh-ahead.ts';
import { RequestHistory } from '../features/request-history.ts';
import { ResponseCache } from '../features/response-cache.ts';
import { OrderViews as FixedOrderViews } from '../fixed/order-views.ts';
import { RefreshAhead as FixedRefreshAhead } from '../fixed/refresh-ahead.ts';
import { RequestHistory as FixedRequestHistory } from '../fixed/request-history.ts';
import { ResponseCache as FixedResponseCache } from '../fixed/response-cache.ts';
import type { Leak } from './leak.ts';

/** At 200 requests a second this fills 256 MB within 90 seconds. */
const usual_bytes = 16_384;

/** All that can be switched on. The contract test runs over this list. */
export const catalogue: readonly Leak[] = [
  {
    id: 'cache',
    symptom: 'Memory rises with every request and stays when the load is gone.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: usual_bytes, field: 14_645 },
    create: (options) => new ResponseCache(options),
    createFixed: (options) => new FixedResponseCache(options),
  },
  {
    id: 'listeners',
    symptom: 'Memory rises with every request, and so does the time that each change of a price takes.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: usual_bytes },
    create: (options) => new OrderViews(options),
    createFixed: (options) => new FixedOrderViews(options),
  },
  {
    id: 'history',
    symptom: 'Memory rises with every request, by many small things.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: usual_bytes },
    create: (options) => new RequestHistory(options),
    createFixed: (options) => new FixedRequestHistory(options),
  },
  {
    id: 'closures',
    symptom: 'Memory rises under load when the upstream is slow, and falls when it has caught up.',
    unit: 'request',
    memory: 'heap',
    control: false,
    presets: { default: usual_bytes, field: 3_072 },
    create: (options) => new RefreshAhead(options),
    createFixed: (options) => new FixedRefreshAhead(options),
  },
];
