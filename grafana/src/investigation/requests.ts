import { BytesIEC, RequestsPerSecond, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../dashboard.ts';
import { slowerTraces } from '../links.ts';
import { type Colour, meaning, palette } from '../palette.ts';
import { type Series, timeSeries } from '../panels.ts';
import { ofCallers, ofService, quantile, rateOf } from '../queries.ts';

/** The line that `percent` of the values do not exceed. */
const percentile = (percent: number, buckets: string, colour: Colour): Series => ({
  expr: quantile(percent / 100, buckets),
  legend: `p${percent}`,
  colour,
});

/** What callers feel; and from a number to one request of it. */
export const requests: Row = {
  title: 'Requests',
  panels: [
    timeSeries({
      title: 'Rate',
      teaches:
        'Requests answered in a second, by route. “unmatched” is all that no route wanted, a scanner’s tries for one. What the lab itself asks (health, metrics, the console) is here too, each about once a second.',
      unit: RequestsPerSecond,
      width: 8,
      height: 9,
      min: 0,
      series: [
        {
          expr: `sum by (route) (${rateOf(ofService('http_requests_total'))}) > 0`,
          legend: '{{route}}',
          colours: { '/api/data': palette.blue, unmatched: palette.vermillion },
        },
      ],
    }),
    timeSeries({
      title: 'Errors',
      teaches:
        'Answers of 400 and above in a second. 4xx: the caller asked wrongly. 5xx: the service could not. A leak shows here last of all: first it is slow, then it is dead.',
      unit: RequestsPerSecond,
      width: 8,
      height: 9,
      min: 0,
      series: [
        {
          expr: `sum by (status_class) (${rateOf(ofService('http_requests_total', 'status_class=~"4xx|5xx"'))})`,
          legend: '{{status_class}}',
          colours: { '4xx': palette.orange, '5xx': palette.vermillion },
        },
      ],
      empty: 'No errors since the service started',
    }),
    timeSeries({
      title: 'Duration',
      teaches:
        'Half of the requests took no longer than p50, all but one in a hundred no longer than p99. The dots are single requests: click one and open its trace in Jaeger. Pauses of a collector that works for nothing lift p99 first and leave p50 alone.',
      unit: Seconds,
      width: 8,
      height: 9,
      min: 0,
      series: [
        percentile(50, ofCallers('http_request_duration_seconds_bucket'), meaning.use),
        percentile(95, ofCallers('http_request_duration_seconds_bucket'), meaning.careful),
        {
          ...percentile(99, ofCallers('http_request_duration_seconds_bucket'), meaning.bad),
          exemplars: true,
        },
      ],
    }).dataLinks([slowerTraces]),
    timeSeries({
      title: 'Size of request bodies',
      teaches:
        'Of the requests that bring a body: half are no larger than p50, all but one in a hundred no larger than p99. The dots lead to the trace of one such request. A leak that grows with large requests and not with small ones is a leak of receive buffers.',
      unit: BytesIEC,
      width: 8,
      height: 8,
      min: 0,
      series: [
        percentile(50, ofService('http_request_body_bytes_bucket'), meaning.use),
        { ...percentile(99, ofService('http_request_body_bytes_bucket'), meaning.bad), exemplars: true },
      ],
      empty: 'No request with a body',
    }),
    timeSeries({
      title: 'Calls to the upstream',
      teaches:
        'Calls to the upstream that ended in a second, by how they ended. Calls that never finish hold what they were made with: “never_finished” is a count of those under way, and should follow the load down.',
      unit: RequestsPerSecond,
      width: 8,
      height: 8,
      min: 0,
      series: [
        {
          expr: `sum by (outcome) (${rateOf(ofService('upstream_requests_total', 'outcome!="never_finished"'))})`,
          legend: '{{outcome}}',
          colours: { success: palette.green, timeout: palette.orange, error: palette.vermillion },
        },
      ],
    }),
    timeSeries({
      title: 'What waits and what is open',
      teaches:
        'Jobs that wait for the upstream, and connections that are open. A queue that grows under an even load keeps everything its jobs refer to: memory climbs with it, and falls when it has been worked off. Connections that only ever grow are a leak of sockets.',
      unit: Short,
      width: 8,
      height: 8,
      min: 0,
      series: [
        { expr: ofService('upstream_queue_length'), legend: 'jobs that wait', colour: meaning.bad },
        {
          expr: `sum(${ofService('upstream_connections')})`,
          legend: 'connections to the upstream',
          colour: meaning.external,
        },
        { expr: ofService('process_open_sockets'), legend: 'open sockets', colour: meaning.use },
      ],
    }),
  ],
};
