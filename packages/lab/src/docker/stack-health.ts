import type { Ports } from '../settings.ts';
import { answers } from '../supervisor/health.ts';
import { composeOutput } from './docker.ts';

/** Whether a part of the stack answers over HTTP: the collector and Jaeger have no shell for a health check. */
export interface StackAnswer {
  readonly service: string;
  readonly asked: string;
  readonly answers: boolean;
}

const collector_url = 'http://otel-collector:13133/';

/** Asks each part that has a port of its own, and the collector from inside the network. */
export async function askStack(ports: Ports): Promise<StackAnswer[]> {
  const parts = [
    ['prometheus', `http://127.0.0.1:${ports.prometheus}/-/ready`],
    ['grafana', `http://127.0.0.1:${ports.grafana}/api/health`],
    ['jaeger', `http://127.0.0.1:${ports.jaeger}/api/services`],
  ] as const;
  const asked = parts.map(async ([service, url]) => ({
    service,
    asked: url,
    answers: await answers(url, 3000),
  }));
  return [...(await Promise.all(asked)), askCollector()];
}

function askCollector(): StackAnswer {
  const program = `fetch('${collector_url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
  const output = composeOutput(['exec', '-T', 'upstream', 'node', '-e', program]);
  return { service: 'otel-collector', asked: collector_url, answers: output !== undefined };
}
