/**
 * OpenTelemetry: loaded before everything else (`node --import`), since it must patch modules as they load.
 * Does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT names a collector, so that without one it costs nothing.
 */
const wanted = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] && process.env['OTEL_SDK_DISABLED'] !== 'true';

/** Sends what is left and ends. Never rejects: a collector that is gone must not keep the service from ending. */
export const stopTelemetry: () => Promise<void> = wanted ? await start() : async () => {};

async function start(): Promise<() => Promise<void>> {
  process.env['OTEL_SERVICE_NAME'] ||= 'leaky-service';
  // Metrics are Prometheus' to read, logs are standard output's: only traces are sent.
  process.env['OTEL_METRICS_EXPORTER'] ||= 'none';
  process.env['OTEL_LOGS_EXPORTER'] ||= 'none';
  process.env['OTEL_NODE_RESOURCE_DETECTORS'] ||= 'env,process';
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register();
  const { startTracing } = await import('./tracing.ts');
  return startTracing();
}
