import type { IncomingMessage } from 'node:http';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Route } from '@leak-lab/json-service';
import { reloadPath } from '../api/blocklist.ts';
import type { InFlightRequests } from '../http/in-flight.ts';
import type { Blindness } from '../incidents/blindness.ts';
import type { Switchboard } from '../leaks/switchboard.ts';
import type { ContainerMemory } from '../memory/container.ts';
import type { EventLoopReading } from '../memory/event-loop.ts';
import type { GcWatch } from '../memory/gc-watch.ts';
import { bodyBytesTotal } from '../metrics/bodies.ts';
import { answeredWell, requestTotals } from '../metrics/http.ts';
import { activeResources, openSockets } from '../metrics/resources.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import type { ValkeyServer } from '../valkey/server.ts';

export interface SampleDeps {
  readonly readContainer: () => ContainerMemory | null;
  readonly gc: GcWatch;
  readonly eventLoop: { read(): EventLoopReading };
  readonly inFlight: InFlightRequests;
  readonly upstream: UpstreamClient;
  readonly valkey: ValkeyServer;
  readonly switchboard: Switchboard;
  readonly blind: Blindness;
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
      body_bytes_total: bodyBytesTotal(),
      // Without the one that asks.
      in_flight: inFlight.count - 1,
      oldest_in_flight: inFlight.oldest(mostInFlight, asking),
    },
    reloads_total: answeredWell(reloadPath),
    resources: readResources(deps.upstream),
    remote: readRemote(deps.valkey),
    ...(!deps.blind.now() && { leaks: readLeaks(deps.switchboard) }),
  };
}

/** The server that this one writes to; `null` where there is none or it does not answer. */
function readRemote({ usage }: ValkeyServer): object | null {
  if (!usage) return null;
  const { used_memory_bytes, maxmemory_bytes, keys, keys_with_expiry } = usage;
  return { used_memory_bytes, limit_bytes: maxmemory_bytes ?? null, keys, keys_with_expiry };
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

function readResources({ jobs, connectionsOpened, connectionStates, outcomes }: UpstreamClient): object {
  const active = activeResources();
  return {
    open_sockets: openSockets(active),
    timers: (active['Timeout'] ?? 0) + (active['Immediate'] ?? 0),
    upstream_connections_opened_total: connectionsOpened,
    upstream_connections_busy: connectionStates.busy,
    upstream_calls_total: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    upstream_calls_unfinished: outcomes.never_finished,
    pending_jobs: jobs.waiting,
    running_jobs: jobs.busy,
  };
}

function readLeaks(switchboard: Switchboard): object[] {
  return Object.values(switchboard.states()).map(
    ({ id, unit, one_in, enabled, entries, retained_bytes, bytes_per_request }) => ({
      id,
      unit,
      one_in,
      enabled,
      entries,
      retained_bytes,
      bytes_per_request,
    }),
  );
}
