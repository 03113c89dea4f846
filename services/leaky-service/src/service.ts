import type { Server } from 'node:http';
import { healthRoute, type Route } from '@leak-lab/json-service';
import type { Logger } from 'pino';
import { allocationRoutes, type Profiler } from './admin/allocations.ts';
import { heapRoutes } from './admin/heap.ts';
import { heapDiffRoutes } from './admin/heap-diff.ts';
import { heapProfileRoutes } from './admin/heap-profile.ts';
import { incidentRoutes } from './admin/incident.ts';
import { leakRoutes } from './admin/leaks.ts';
import { memoryRoutes } from './admin/memory.ts';
import { type ResetDeps, resetAll, resetRoutes } from './admin/reset.ts';
import { resourceRoutes } from './admin/resources.ts';
import { sampleRoutes } from './admin/sample.ts';
import { upstreamRoutes } from './admin/upstream.ts';
import { valkeyRoutes } from './admin/valkey.ts';
import { workRoutes } from './admin/work.ts';
import { blocklistRoutes, reloadPath } from './api/blocklist.ts';
import { dataPath, dataRoutes } from './api/data.ts';
import { ingestPath, ingestRoutes } from './api/ingest.ts';
import { metricsRoutes } from './api/metrics.ts';
import { withOpenApi } from './api/openapi.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { InFlightRequests } from './http/in-flight.ts';
import { memoryAttributes } from './http/memory-attributes.ts';
import { createService } from './http/server.ts';
import { Blindness } from './incidents/blindness.ts';
import { Incidents } from './incidents/incidents.ts';
import { catalogue } from './leaks/catalogue.ts';
import { Switchboard } from './leaks/switchboard.ts';
import { containerMemoryReader } from './memory/container.ts';
import { eventLoopReader } from './memory/event-loop.ts';
import { expectBodies } from './metrics/bodies.ts';
import { addLeakMetrics } from './metrics/leaks.ts';
import { addMemoryMetrics } from './metrics/memory.ts';
import { addDefaultMetrics } from './metrics/registry.ts';
import { addResourceMetrics } from './metrics/resources.ts';
import { addUpstreamMetrics } from './metrics/upstream.ts';
import { addValkeyMetrics } from './metrics/valkey.ts';
import { announceChanges, createOrderFeed } from './orders/feed.ts';
import { GrowthWatch } from './profile/growth-watch.ts';
import { LiveAllocations } from './profile/live-allocations.ts';
import { program } from './program.ts';
import { SnapshotGuard } from './snapshots/guard.ts';
import { Snapshotter } from './snapshots/snapshotter.ts';
import { UpstreamClient } from './upstream/client.ts';
import { inWords } from './upstream/exhausted.ts';
import { ValkeyServer } from './valkey/server.ts';
import { Workbench } from './work/workbench.ts';

export interface Service {
  readonly server: Server;
  /** The leaks that are on; `undefined` where nothing may be said of them. */
  leaksToTell(): readonly string[] | undefined;
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
  /** Told in words when no connection to the upstream can be opened for want of something that is used up. */
  readonly onExhausted?: (words: string) => void;
}

/**
 * Puts the parts together; listens to nothing yet.
 * Throws `ServiceError` where the configuration names a leak that there is not (`unknown_leak`), or that needs a Valkey and has none.
 */
export function assembleService(
  config: Config,
  logger: Logger,
  { tracing = false, moreRoutes = [], onExhausted = () => undefined }: AssemblyOptions = {},
): Service {
  // First, so that what the other parts allocate is seen.
  const profiler = startProfiler(config.profileInterval_bytes);
  const readContainer = containerMemoryReader(config.memoryLimit_bytes);
  const upstream: UpstreamClient = new UpstreamClient(config.upstreamUrl, (resource) =>
    onExhausted(inWords(resource, upstream)),
  );
  const valkey = new ValkeyServer(config.valkeyUrl, logger);
  // Else its metrics would come only when something is on that needs it, and so say what.
  if (config.blind) valkey.look();
  const feed = createOrderFeed();
  const { session_seconds } = config;
  const switchboard = new Switchboard(catalogue, { feed, upstream, valkey, session_seconds });
  const workbench = new Workbench(config.workDirectory, {
    note: config.workNoteFile,
    endings: config.endingsDirectory,
    patience_ms: config.workPatience_seconds * 1_000,
  });
  switchboard.onChange(() => workbench.keepOnly(switchboard.learnersIds));
  const blind = new Blindness(config.blind);
  const resetDeps: ResetDeps = {
    switchboard,
    upstream,
    forgetBaselines: () => profiler?.growth.forget(),
  };
  const incidents = new Incidents({
    file: config.incidentFile,
    blind,
    switchboard,
    upstream,
    workbench,
    lookAround: () => valkey.look(),
    reset: () => resetAll(resetDeps),
    logger,
  });
  incidents.resume();
  if (!incidents.state.running) for (const id of config.leaks) switchboard.change(id, { enabled: true });

  addDefaultMetrics();
  addResourceMetrics();
  addUpstreamMetrics(upstream);
  addValkeyMetrics(valkey);
  addLeakMetrics(switchboard, blind);
  expectBodies(ingestPath);
  const gc = addMemoryMetrics(readContainer);
  const eventLoop = eventLoopReader();
  const inFlight = new InFlightRequests();
  const stopChanges = announceChanges(feed);

  const guard = new SnapshotGuard({ readContainer, blind });
  const snapshotter = new Snapshotter(guard, config.snapshotDirectory, logger);

  const routes = withOpenApi([
    ...moreRoutes,
    ...dataRoutes(switchboard.at(dataPath)),
    ...ingestRoutes(switchboard.at(ingestPath)),
    ...blocklistRoutes(switchboard.at(reloadPath)),
    healthRoute(program),
    ...metricsRoutes(),
    ...(config.blind ? [] : [...leakRoutes(switchboard, blind, workbench), ...workRoutes(workbench, blind)]),
    ...incidentRoutes(incidents),
    ...memoryRoutes({ readContainer, remote: valkey }),
    ...heapRoutes(guard, snapshotter),
    ...heapDiffRoutes(config.consoleUrl),
    ...allocationRoutes(profiler),
    ...heapProfileRoutes(profiler),
    ...resourceRoutes(upstream),
    ...valkeyRoutes(valkey),
    ...upstreamRoutes(upstream),
    ...resetRoutes(resetDeps, blind),
    ...sampleRoutes({
      readContainer,
      gc,
      eventLoop,
      inFlight,
      upstream,
      valkey,
      switchboard,
      blind,
    }),
  ]);
  const app = buildApp({ routes, adminToken: config.adminToken, logger });
  return {
    server: createService({
      app,
      allowedHosts: config.allowedHosts,
      logger,
      inFlight,
      tracing,
      spanAttributes: memoryAttributes(() => (blind.now() ? [] : switchboard.activeIds)),
    }),
    leaksToTell: () => (blind.now() ? undefined : switchboard.activeIds),
    hurry() {
      profiler?.live.endRecording();
    },
    stop() {
      profiler?.live.close();
      stopChanges();
      incidents.stop();
      workbench.stop();
      gc.stop();
      eventLoop.stop();
      upstream.close();
      valkey.close();
    },
  };
}

function startProfiler(interval_bytes: number): Profiler | undefined {
  if (interval_bytes === 0) return undefined;
  const live = new LiveAllocations(interval_bytes);
  return { live, growth: new GrowthWatch(live) };
}
