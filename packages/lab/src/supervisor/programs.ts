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

/** What V8 leaves when it ends the service itself: no addresses of this machine, nothing of the environment. */
export const reportFlags = (directory: string): string[] => [
  '--report-on-fatalerror',
  `--report-directory=${directory}`,
  '--report-compact',
  '--report-exclude-network',
  '--report-exclude-env',
];

/** Where service and console meet. */
export const snapshotsFolder = (directory: StateDirectory) => join(directory.shared, 'snapshots');
export const reportsFolder = (directory: StateDirectory) => join(directory.shared, 'reports');

/** The service, inside `limit`. */
export function serviceProgram(
  options: RunOptions,
  limit: MemoryLimit,
  limit_bytes: () => number,
  directory: StateDirectory,
  services: string,
): Program {
  const heap =
    options.heap_limit_mb === undefined
      ? limit.node_flags
      : [`--max-old-space-size=${options.heap_limit_mb}`];
  const flags = [...heap, ...reportFlags(reportsFolder(directory))];
  return {
    name: 'service',
    command: [process.execPath, ...flags, '--import', './src/telemetry.ts', 'src/main.ts'],
    folder: join(services, 'leaky-service'),
    environment: {
      HOST: '127.0.0.1',
      PORT: String(options.ports.service),
      UPSTREAM_URL: urlOf(options.ports.upstream),
      LEAKS: options.leaks,
      SNAPSHOT_DIRECTORY: snapshotsFolder(directory),
      CONSOLE_URL: urlOf(options.ports.console),
    },
    log: directory.log('service'),
    limit,
    limit_bytes,
    health_url: `${urlOf(options.ports.service)}/health`,
  };
}

/** The upstream, without a limit: it is never the one to die. */
export function upstreamProgram(options: RunOptions, directory: StateDirectory, services: string): Program {
  return unlimited('upstream', options.ports.upstream, join(services, 'upstream'), directory, [], {});
}

/** Garbage is collected early: a third less memory for a program that has time (docs/adr/053). */
const frugal = ['--max-semi-space-size=2', '--max-old-space-size=256'];

/** The console, without a limit: it outlives the service, and keeps what is known of it. */
export function consoleProgram(options: RunOptions, directory: StateDirectory, services: string): Program {
  return unlimited('console', options.ports.console, join(services, 'console'), directory, frugal, {
    MODE: 'embedded',
    SERVICE_URL: urlOf(options.ports.service),
    DATA_DIRECTORY: directory.console,
    SHARED_DIRECTORY: directory.shared,
    DEATHS_FILE: directory.deaths,
    SOURCE_DIRECTORY: join(services, 'leaky-service', 'src'),
  });
}

function unlimited(
  name: 'upstream' | 'console',
  port: number,
  folder: string,
  directory: StateDirectory,
  nodeFlags: readonly string[],
  environment: Program['environment'],
): Program {
  return {
    name,
    command: [process.execPath, ...nodeFlags, 'src/main.ts'],
    folder,
    environment: { HOST: '127.0.0.1', PORT: String(port), ...environment },
    log: directory.log(name),
    limit: undefined,
    limit_bytes: () => undefined,
    health_url: `${urlOf(port)}/health`,
  };
}
