/**
 * OpenTelemetry: loaded before everything else (`node --import`), since it must patch modules as they load.
 * Does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT names a collector, so that without one it costs nothing.
 */
import { isTracing, readTracingOptions } from '@leak-lab/tracing/environment';

export { isTracing };

/** Sends what is left and ends. Never rejects: a collector that is gone must not keep the service from ending. */
export const stopTelemetry: () => Promise<void> = isTracing ? await start() : async () => {};

async function start(): Promise<() => Promise<void>> {
  // Before anything loads node:http, or calls to the upstream get no span. No other module needs the hook, and each
  // that is wrapped costs memory and time.
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register({ include: ['http'] });
  const { startTracing } = await import('./tracing.ts');
  const stop = startTracing(readTracingOptions('leaky-service'));
  return () => stop().catch(() => undefined);
}
