import {
  BytesIEC,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units';
import { alertStates } from '../alerts.ts';
import type { Row } from '../dashboard.ts';
import { stat, stateTimeline } from '../glances.ts';
import { toRunbooks } from '../links.ts';
import { meaning } from '../palette.ts';
import { timeSeries } from '../panels.ts';
import { ofService } from '../queries.ts';

const limit = ofService('container_memory_limit_bytes');
const use = ofService('container_memory_usage_bytes');

/** The question that comes first: does memory climb that no collection frees? */
export const isItALeak: Row = {
  title: 'Is it a leak?',
  panels: [
    stat({
      title: 'Use of the limit',
      teaches:
        'Which share of the container’s limit is in use. A leak passes through every value on its way up; a healthy service stays at one. At 100 % the kernel ends the process.',
      unit: PercentUnit,
      width: 5,
      height: 4,
      series: [{ expr: `${use} / ${limit}`, legend: 'use' }],
      decimals: 0,
      steps: [
        { from: null, colour: meaning.good },
        { from: 0.5, colour: meaning.careful },
        { from: 0.9, colour: meaning.bad },
      ],
    }),
    stat({
      title: 'Time to the limit',
      teaches:
        'If memory goes on climbing as it did in the last minute, the limit is reached after this time. Nothing is shown while nothing climbs.',
      unit: Seconds,
      width: 5,
      height: 4,
      series: [{ expr: ofService('instance:memory_to_limit_seconds:regression'), legend: 'time left' }],
      decimals: 0,
      steps: [
        { from: null, colour: meaning.bad },
        { from: 60, colour: meaning.careful },
        { from: 600, colour: meaning.good },
      ],
      empty: 'nothing climbs',
    }),
    stat({
      title: 'Requests',
      teaches:
        'Requests of callers in a second. Most leaks grow with them: where this is 0 and memory climbs all the same, look for something that grows by time or by event.',
      unit: RequestsPerSecond,
      width: 5,
      height: 4,
      series: [{ expr: ofService('instance:http_requests:rate1m'), legend: 'requests' }],
      decimals: 0,
      steps: [{ from: null, colour: meaning.requests }],
    }),
    stat({
      title: 'Kept of each request',
      teaches:
        'Bytes that stay for each request answered, after collection, over the last minute. Around 0 is health; below 100 is noise; a value that does not change while the load does is the mark of a leak.',
      unit: BytesIEC,
      width: 5,
      height: 4,
      series: [{ expr: ofService('instance:memory_growth_bytes:per_request'), legend: 'kept' }],
      decimals: 0,
      steps: [
        { from: null, colour: meaning.good },
        { from: 100, colour: meaning.careful },
        { from: 1024, colour: meaning.bad },
      ],
      empty: 'no requests',
    }),
    stat({
      title: 'Deaths in view',
      teaches:
        'How often the process was replaced by a new one in the time shown. Prometheus cannot tell a kill from an orderly restart: the console’s page can.',
      unit: Short,
      width: 4,
      height: 4,
      series: [{ expr: `changes(${ofService('process_start_time_seconds')}[$__range])`, legend: 'deaths' }],
      decimals: 0,
      steps: [
        { from: null, colour: meaning.good },
        { from: 1, colour: meaning.bad },
      ],
    }),
    timeSeries({
      title: 'Memory against the limit',
      teaches:
        'All on one axis, under the limit. A leak is a floor that rises: the violet line (what was left after a collection) climbs and does not come back when the load ends. A sawtooth of the blue line over a level violet one is garbage, and no leak. Where violet is level and green or orange climbs, the leak is outside the heap: buffers.',
      unit: BytesIEC,
      width: 24,
      height: 11,
      min: 0,
      series: [
        { expr: limit, legend: 'limit', colour: meaning.limit, dashed: true },
        { expr: use, legend: 'use that counts against the limit', colour: meaning.use },
        {
          expr: ofService('process_resident_memory_bytes'),
          legend: 'resident memory',
          colour: meaning.resident,
        },
        {
          expr: ofService('nodejs_heap_used_after_gc_bytes'),
          legend: 'heap after collection',
          colour: meaning.afterGc,
        },
        {
          expr: `${ofService('nodejs_external_memory_bytes')} - ${ofService('nodejs_array_buffers_bytes')}`,
          legend: 'external memory',
          colour: meaning.external,
        },
        { expr: ofService('nodejs_array_buffers_bytes'), legend: 'buffers', colour: meaning.buffers },
      ],
    }),
    stateTimeline({
      title: 'Alerts',
      teaches:
        'When each alert waited and when it fired. MemoryLeakSuspected should begin well before the death, and never at a sawtooth, a warm-up or a step of load. What each means and what to do: dashboard “Runbooks”.',
      unit: Short,
      width: 24,
      height: 5,
      series: [{ expr: alertStates, legend: '{{alertname}}' }],
      states: [
        { value: 1, word: 'waiting', colour: meaning.careful },
        { value: 2, word: 'firing', colour: meaning.bad },
      ],
      empty: 'No alert in the time shown',
    }).dataLinks([toRunbooks]),
  ],
};
