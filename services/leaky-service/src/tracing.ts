import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';

/** Paths that only machines ask for, each few seconds: their spans would bury the others. */
const unseenPaths = new Set(['/health', '/metrics']);

/** Starts the SDK; returns what sends the last spans and ends it. */
export function startTracing(): () => Promise<void> {
  const sdk = new NodeSDK({
    instrumentations: [
      getNodeAutoInstrumentations({
        '@opentelemetry/instrumentation-http': {
          ignoreIncomingRequestHook: (request) => unseenPaths.has(request.url ?? ''),
        },
        // The HTTP span keeps its route; a span for each layer would cost more than all else.
        '@opentelemetry/instrumentation-express': {
          ignoreLayersType: ['middleware', 'request_handler'] as never,
        },
        '@opentelemetry/instrumentation-router': { enabled: false },
        '@opentelemetry/instrumentation-net': { enabled: false },
        '@opentelemetry/instrumentation-dns': { enabled: false },
        '@opentelemetry/instrumentation-fs': { enabled: false },
        // The logger adds its trace ids itself, for less; the runtime's metrics are prom-client's.
        '@opentelemetry/instrumentation-pino': { enabled: false },
        '@opentelemetry/instrumentation-runtime-node': { enabled: false },
      }),
    ],
  });
  sdk.start();
  return async () => {
    await sdk.shutdown().catch(() => undefined);
  };
}
