/** What the environment says of tracing. Loads nothing, so that a service without a collector pays nothing. */

/** Whether spans are made and sent. */
export const isTracing: boolean =
  Boolean(process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) && process.env['OTEL_SDK_DISABLED'] !== 'true';

export interface TracingOptions {
  readonly serviceName: string;
  /** Share of the requests that are traced, 0 to 1; a caller's own choice goes before it. */
  readonly ratio: number;
}

/** Exits where a variable is wrong: a service that traces nothing, or all, against its configuration misleads. */
export function readTracingOptions(program: string): TracingOptions {
  const text = process.env['OTEL_TRACES_SAMPLER_ARG'] || '1';
  const ratio = Number(text);
  if (!(ratio >= 0 && ratio <= 1)) {
    process.stderr.write(
      `${program}: OTEL_TRACES_SAMPLER_ARG: expected a share from 0 to 1, got ${JSON.stringify(text)}. Correct it and start again.\n`,
    );
    process.exit(1);
  }
  return { serviceName: process.env['OTEL_SERVICE_NAME'] || program, ratio };
}
