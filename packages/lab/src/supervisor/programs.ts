import { join } from 'node:path';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { EmbeddedPorts } from '../ports/claim-ports.ts';
import { root } from '../settings.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import type { Program } from './program.ts';

/** What the operator asked of this run. */
export interface RunOptions {
  readonly ports: EmbeddedPorts;
  /** As the service reads `LEAKS`; what is named here is on again after each death. */
  readonly leaks: string;
  /** V8's own limit, below the kernel's, so that V8 ends the service. */
  readonly heap_limit_mb: number | undefined;
}

/** Where the programs' sources are. */
export const servicesFolder = join(root, 'services');

export const urlOf = (port: number) => `http://127.0.0.1:${port}`;

/** The service, inside `limit`. */
export function serviceProgram(
  options: RunOptions,
  limit: MemoryLimit,
  directory: StateDirectory,
  services: string,
): Program {
  const heap =
    options.heap_limit_mb === undefined
      ? limit.node_flags
      : [`--max-old-space-size=${options.heap_limit_mb}`];
  return {
    name: 'service',
    command: [process.execPath, ...heap, '--import', './src/telemetry.ts', 'src/main.ts'],
    folder: join(services, 'leaky-service'),
    environment: {
      HOST: '127.0.0.1',
      PORT: String(options.ports.service),
      UPSTREAM_URL: urlOf(options.ports.upstream),
      LEAKS: options.leaks,
    },
    log: directory.log('service'),
    limit,
    health_url: `${urlOf(options.ports.service)}/health`,
  };
}

/** The upstream, without a limit: it is never the one to die. */
export function upstreamProgram(options: RunOptions, directory: StateDirectory, services: string): Program {
  return {
    name: 'upstream',
    command: [process.execPath, 'src/main.ts'],
    folder: join(services, 'upstream'),
    environment: { HOST: '127.0.0.1', PORT: String(options.ports.upstream) },
    log: directory.log('upstream'),
    limit: undefined,
    health_url: `${urlOf(options.ports.upstream)}/health`,
  };
}
