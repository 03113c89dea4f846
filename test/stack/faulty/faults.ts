import type { Route } from '../../../packages/json-service/src/index.ts';
import { scrape } from '../../../services/leaky-service/src/metrics/registry.ts';

/** What is wrong with the next scrapes. */
type Fault = (text: string) => string;

/** A collection of garbage this long stops the whole process; Prometheus waits for two seconds. */
const pause_ms = 3_000;

const faults: Readonly<Record<string, Fault>> = {
  none: (text) => text,
  pause(text) {
    fault = faults['none'] as Fault;
    const end_ms = Date.now() + pause_ms;
    while (Date.now() < end_ms) Math.random();
    return text;
  },
  clash: (text) => text.replace('# EOF', 'process_open_sockets 4711\n# EOF'),
  'clock-30s-behind': (text) => withTime(text, Date.now() / 1000 - 30),
  'clock-30s-ahead': (text) => withTime(text, Date.now() / 1000 + 30),
};
let fault: Fault = faults['none'] as Fault;

/** The service's own `/metrics` with a fault in it, and the switch for it: `/fault?kind=pause`. */
export const faultRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/metrics',
    summary: 'All metrics, perhaps with a fault.',
    handler: async (request, response) => {
      const { contentType, text } = await scrape(request.headers.accept);
      response.type(contentType).send(fault(text));
    },
  },
  {
    method: 'get',
    path: '/fault',
    summary: 'Switches the fault of the next scrapes.',
    handler: (request, response) => {
      const kind = new URL(request.url, 'http://localhost').searchParams.get('kind') ?? '';
      const wanted = faults[kind];
      if (!wanted)
        throw new Error(`Expected one of ${Object.keys(faults).join(', ')}, got ${JSON.stringify(kind)}.`);
      fault = wanted;
      response.json({ kind });
    },
  },
];

/** Each sample with a time of its own, as OpenMetrics has it: behind the value, before an exemplar. */
const withTime = (text: string, time_seconds: number): string =>
  text.replaceAll(/^([^#\s][^#\n]*? \S+)( # .*)?$/gm, `$1 ${time_seconds.toFixed(3)}$2`);
