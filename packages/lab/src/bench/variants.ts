/** One way of running the server that is measured. */
export interface Variant {
  readonly name: string;
  /** File under `services/leaky-service/bench/`. */
  readonly program: 'plain.ts' | 'service.ts';
  readonly env: Readonly<Record<string, string>>;
  /** The least it may reach of plain Express. */
  readonly target?: number;
}

/** Spans are sent to `sinkUrl`, which takes and forgets them. */
export function variants(sinkUrl: string): readonly Variant[] {
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: sinkUrl };
  const unprofiled = { PROFILE_INTERVAL_BYTES: '0' };
  const quiet = { LOG_LEVEL: 'warn' };
  return [
    { name: 'plain Express', program: 'plain.ts', env: {} },
    { name: 'metrics', program: 'service.ts', env: { ...quiet, ...unprofiled }, target: 0.92 },
    { name: 'metrics, profiler', program: 'service.ts', env: quiet, target: 0.92 },
    {
      name: 'metrics, traces of every request',
      program: 'service.ts',
      env: { ...quiet, ...traces },
      target: 0.36,
    },
    {
      name: 'metrics, 10 % of requests traced',
      program: 'service.ts',
      env: {
        ...quiet,
        ...traces,
        OTEL_TRACES_SAMPLER_ARG: '0.1',
      },
      target: 0.42,
    },
    { name: 'metrics, traces, logs of every request', program: 'service.ts', env: traces, target: 0.33 },
  ];
}
