import type { UpstreamClient } from '../upstream/client.ts';
import { counter, gauge } from './registry.ts';

/** Adds the calls to the upstream by outcome, those that wait, and the connections. */
export function addUpstreamMetrics(upstream: UpstreamClient): void {
  counter(
    'upstream_requests_total',
    'Calls to the upstream by how they ended; "never_finished" are under way or lost.',
    ['outcome'],
    function* () {
      for (const [outcome, count] of Object.entries(upstream.outcomes)) yield [{ outcome }, count] as const;
    },
  );
  gauge(
    'upstream_queue_length',
    'Jobs and calls that wait for a connection to the upstream.',
    () => upstream.waiting,
  );
  gauge(
    'upstream_connections',
    'Connections to the upstream by what they do.',
    function* () {
      for (const [state, count] of Object.entries(upstream.connectionStates))
        yield [{ state }, count] as const;
    },
    ['state'],
  );
}
