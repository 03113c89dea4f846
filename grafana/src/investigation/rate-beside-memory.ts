import { BytesIEC, BytesPerSecondIEC, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { meaning } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService } from '../queries.ts';

/** Does memory follow the requests, and how much stays of each? */
export const rateBesideMemory: Row = {
  title: 'Rate beside memory',
  panels: [
    timeSeries({
      title: 'Request Rate vs Memory Growth',
      teaches:
        'Requests in a second (left) and by how much memory after collection grows in a second (right). Double the load: if the growth doubles too, something is kept of each request. Growth that goes on when the requests have stopped hangs on time or events. Growth that falls to 0 under the same load was a warm-up.',
      unit: RequestsPerSecond,
      width: 14,
      height: 9,
      axisLabel: 'requests',
      series: [
        {
          expr: ofService('instance:http_requests:rate1m'),
          legend: 'requests',
          colour: meaning.requests,
        },
        {
          expr: ofService('instance:memory_after_gc_bytes:deriv1m'),
          legend: 'memory growth',
          colour: meaning.afterGc,
          right: { unit: BytesPerSecondIEC, label: 'growth' },
        },
      ],
    }),
    timeSeries({
      title: 'Bytes a request',
      teaches:
        'The growth divided by the requests: what stays of each. A leak gives a level line whatever the load, at the size of what is kept; a warm-up falls towards 0; garbage swings around it. From the dashed line on (100 bytes) it is called a leak. Absent without requests.',
      unit: BytesIEC,
      width: 10,
      height: 9,
      series: [
        {
          expr: ofService('instance:memory_growth_bytes:per_request'),
          legend: 'kept of a request',
          colour: meaning.afterGc,
        },
      ],
      marks: [
        { from: null, colour: 'transparent' },
        { from: 100, colour: meaning.careful },
      ],
      empty: 'No requests',
    }),
  ],
};
