/**
 * OpenTelemetry: loaded before everything else (`node --import`), since it must patch modules as they load.
 * Does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT names a collector, so that without one it costs nothing.
 */
/** Whether spans are made and sent. */
export const isTracing: boolean =
  Boolean(process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) && process.env['OTEL_SDK_DISABLED'] !== 'true';

/** Sends what is left and ends. Never rejects: a collector that is gone must not keep the service from ending. */
export const stopTelemetry: () => Promise<void> = isTracing ? await start() : async () => {};

async function start(): Promise<() => Promise<void>> {
  // Before anything loads node:http, or calls to the upstream get no span. No other module needs the hook, and each
  // that is wrapped costs memory and time.
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register({ include: ['http'] });
  const { startTracing } = await import('./tracing.ts');
  const stop = startTracing({
    serviceName: process.env['OTEL_SERVICE_NAME'] || 'leaky-service',
    ratio: readRatio(process.env['OTEL_TRACES_SAMPLER_ARG'] || '1'),
  });
  return () => stop().catch(() => undefined);
}

/** Exits where the ratio is none: a service that traces nothing, or all, against its configuration misleads. */
function readRatio(text: string): number {
  const ratio = Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  process.stderr.write(
    `leaky-service: OTEL_TRACES_SAMPLER_ARG: expected a share from 0 to 1, got ${JSON.stringify(text)}. Correct it and start again.\n`,
  );
  process.exit(1);
}
