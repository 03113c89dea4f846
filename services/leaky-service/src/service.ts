import type { Server } from 'node:http';
import { healthRoute, type Route } from '@leak-lab/json-service';
import type { Logger } from 'pino';
import { allocationRoutes, type Profiler } from './admin/allocations.ts';
import { heapRoutes } from './admin/heap.ts';
import { heapDiffRoutes } from './admin/heap-diff.ts';
import { heapProfileRoutes } from './admin/heap-profile.ts';
import { leakRoutes } from './admin/leaks.ts';
import { memoryRoutes } from './admin/memory.ts';
import { resetRoutes } from './admin/reset.ts';
import { resourceRoutes } from './admin/resources.ts';
import { sampleRoutes } from './admin/sample.ts';
import { upstreamRoutes } from './admin/upstream.ts';
import { dataRoutes } from './api/data.ts';
import { metricsRoutes } from './api/metrics.ts';
import { withOpenApi } from './api/openapi.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { InFlightRequests } from './http/in-flight.ts';
import { memoryAttributes } from './http/memory-attributes.ts';
import { createService } from './http/server.ts';
import { catalogue } from './leaks/catalogue.ts';
import { Switchboard } from './leaks/switchboard.ts';
import { containerMemoryReader } from './memory/container.ts';
import { eventLoopReader } from './memory/event-loop.ts';
import { addLeakMetrics } from './metrics/leaks.ts';
import { addMemoryMetrics } from './metrics/memory.ts';
import { addDefaultMetrics } from './metrics/registry.ts';
import { addResourceMetrics } from './metrics/resources.ts';
import { addUpstreamMetrics } from './metrics/upstream.ts';
import { announceChanges, createOrderFeed } from './orders/feed.ts';
import { GrowthWatch } from './profile/growth-watch.ts';
import { LiveAllocations } from './profile/live-allocations.ts';
import { program } from './program.ts';
import { SnapshotGuard } from './snapshots/guard.ts';
import { Snapshotter } from './snapshots/snapshotter.ts';
import { UpstreamClient } from './upstream/client.ts';

export interface Service {
  readonly server: Server;
  /** Ends what would keep requests under way for long: they answer with what they have. */
  hurry(): void;
  /** Ends timers, observers and connections; the server is the caller's to close. */
  stop(): void;
}

export interface AssemblyOptions {
  /** Whether spans go anywhere. */
  readonly tracing?: boolean;
  /** Routes beside the service's own. */
  readonly moreRoutes?: readonly Route[];
}

/**
 * Puts the parts together; listens to nothing yet.
 * Throws `ServiceError` (`unknown_leak`) where the configuration names a leak that there is not.
 */
export function assembleService(
  config: Config,
  logger: Logger,
  { tracing = false, moreRoutes = [] }: AssemblyOptions = {},
): Service {
  // First, so that what the other parts allocate is seen.
  const profiler = startProfiler(config.profileInterval_bytes);
  const readContainer = containerMemoryReader(config.memoryLimit_bytes);
  const upstream = new UpstreamClient(config.upstreamUrl);
  const feed = createOrderFeed();
  const switchboard = new Switchboard(catalogue, { feed, upstream });
  for (const id of config.leaks) switchboard.change(id, { enabled: true });

  addDefaultMetrics();
  addResourceMetrics();
  addUpstreamMetrics(upstream);
  if (!config.blind) addLeakMetrics(switchboard);
  const gc = addMemoryMetrics(readContainer);
  const eventLoop = eventLoopReader();
  const inFlight = new InFlightRequests();
  const stopChanges = announceChanges(feed);

  const guard = new SnapshotGuard({ readContainer, blind: config.blind });
  const snapshotter = new Snapshotter(guard, config.snapshotDirectory, logger);

  const routes = withOpenApi([
    ...moreRoutes,
    ...dataRoutes(switchboard),
    healthRoute(program),
    ...metricsRoutes(),
    ...(config.blind ? [] : leakRoutes(switchboard)),
    ...memoryRoutes(readContainer),
    ...heapRoutes(guard, snapshotter),
    ...heapDiffRoutes(config.consoleUrl),
    ...allocationRoutes(profiler),
    ...heapProfileRoutes(profiler),
    ...resourceRoutes(upstream),
    ...upstreamRoutes(upstream),
    ...resetRoutes({
      switchboard,
      upstream,
      forgetBaselines: () => profiler?.growth.forget(),
      blind: config.blind,
    }),
    ...sampleRoutes({ readContainer, gc, eventLoop, inFlight, upstream, switchboard, blind: config.blind }),
  ]);
  const app = buildApp({ routes, adminToken: config.adminToken, logger });
  return {
    server: createService({
      app,
      allowedHosts: config.allowedHosts,
      logger,
      inFlight,
      tracing,
      spanAttributes: memoryAttributes(config.blind ? undefined : () => switchboard.activeIds),
    }),
    hurry() {
      profiler?.live.endRecording();
    },
    stop() {
      profiler?.live.close();
      stopChanges();
      gc.stop();
      eventLoop.stop();
      upstream.close();
    },
  };
}

function startProfiler(interval_bytes: number): Profiler | undefined {
  if (interval_bytes === 0) return undefined;
  const live = new LiveAllocations(interval_bytes);
  return { live, growth: new GrowthWatch(live) };
}
