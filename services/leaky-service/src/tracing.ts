import type { TracingOptions } from '@leak-lab/tracing/environment';
import { startProvider } from '@leak-lab/tracing/provider';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { isUntraced } from './upstream/untraced.ts';

/** Traces requests in and out. Returns what sends the last spans and ends it. */
export function startTracing(options: TracingOptions): () => Promise<void> {
  const provider = startProvider(options);
  registerInstrumentations({
    tracerProvider: provider,
    // Requests that come in get their span from the server itself, for a fraction of the cost.
    instrumentations: [
      new HttpInstrumentation({
        disableIncomingRequestInstrumentation: true,
        ignoreOutgoingRequestHook: isUntraced,
      }),
    ],
  });
  return () => provider.shutdown();
}
