import type { IncomingMessage } from 'node:http';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Route } from '@leak-lab/json-service';
import type { InFlightRequests } from '../http/in-flight.ts';
import type { Switchboard } from '../leaks/switchboard.ts';
import type { ContainerMemory } from '../memory/container.ts';
import type { EventLoopReading } from '../memory/event-loop.ts';
import type { GcWatch } from '../memory/gc-watch.ts';
import { requestTotals } from '../metrics/http.ts';
import { activeResources, openSockets } from '../metrics/resources.ts';
import type { UpstreamClient } from '../upstream/client.ts';

export interface SampleDeps {
  readonly readContainer: () => ContainerMemory | null;
  readonly gc: GcWatch;
  readonly eventLoop: { read(): EventLoopReading };
  readonly inFlight: InFlightRequests;
  readonly upstream: UpstreamClient;
  readonly switchboard: Switchboard;
  /** Whether nothing may be said of leaks. */
  readonly blind: boolean;
}

const mostInFlight = 10;

export function sampleRoutes(deps: SampleDeps): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/sample',
      summary: 'One reading of everything that changes, for whoever records it each second.',
      handler: (request, response) => {
        response.json(takeSample(deps, request));
      },
    },
  ];
}

/** Counters go up since the start of the process; the rest is as it is now. */
function takeSample(deps: SampleDeps, asking: IncomingMessage): object {
  const { gc, inFlight } = deps;
  return {
    timestamp: new Date().toISOString(),
    pid: process.pid,
    started_at: new Date(performance.timeOrigin).toISOString(),
    uptime_seconds: Math.round(process.uptime() * 1000) / 1000,
    node_version: process.version,
    process: readProcess(),
    heap_limit_bytes: getHeapStatistics().heap_size_limit,
    heap_used_after_gc_bytes: gc.afterMajor?.heap_used_bytes ?? null,
    external_after_gc_bytes: gc.afterMajor?.external_bytes ?? null,
    major_gc_count: gc.totals.major.count,
    spaces: Object.fromEntries(
      getHeapSpaceStatistics().map(({ space_name, space_used_size }) => [space_name, space_used_size]),
    ),
    event_loop: deps.eventLoop.read(),
    gc: { minor: gc.totals.minor, major: gc.totals.major, incremental: gc.totals.incremental },
    container: deps.readContainer(),
    requests: {
      ...requestTotals(),
      // Without the one that asks.
      in_flight: inFlight.count - 1,
      oldest_in_flight: inFlight.oldest(mostInFlight, asking),
    },
    resources: readResources(deps.upstream),
    ...(!deps.blind && { leaks: readLeaks(deps.switchboard) }),
  };
}

function readProcess(): object {
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rss_bytes: rss,
    heap_used_bytes: heapUsed,
    heap_total_bytes: heapTotal,
    external_bytes: external,
    array_buffers_bytes: arrayBuffers,
    cpu_seconds: (user + system) / 1e6,
  };
}

function readResources({ jobs }: UpstreamClient): object {
  const active = activeResources();
  return {
    open_sockets: openSockets(active),
    timers: (active['Timeout'] ?? 0) + (active['Immediate'] ?? 0),
    pending_jobs: jobs.waiting,
    running_jobs: jobs.busy,
  };
}

function readLeaks(switchboard: Switchboard): object[] {
  return Object.values(switchboard.states()).map(
    ({ id, enabled, entries, retained_bytes, bytes_per_request }) => ({
      id,
      enabled,
      entries,
      retained_bytes,
      bytes_per_request,
    }),
  );
}
