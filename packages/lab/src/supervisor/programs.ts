import { join } from 'node:path';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { EmbeddedPorts } from '../ports/claim-ports.ts';
import { root } from '../settings.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import type { ValkeyChoice } from '../valkey/choose.ts';
import { serverArguments } from '../valkey/find-server.ts';
import { answersPing } from '../valkey/ping.ts';
import { dyingWithParent } from './dying-with-parent.ts';
import { answers } from './health.ts';
import { type PatientName, type Program, patientNames } from './program.ts';

/** What the operator asked of this run. */
export interface RunOptions {
  readonly ports: EmbeddedPorts;
  /** As the service reads `LEAKS`; what is named here is on again after each death. */
  readonly leaks: string;
  /** V8's own limit, below the kernel's, so that V8 ends the service. */
  readonly heap_limit_mb: number | undefined;
  readonly valkey: ValkeyChoice;
  readonly valkey_maxmemory_bytes: number;
}

/** Where the programs' sources are. */
export const servicesFolder = join(root, 'services');

export const urlOf = (port: number) => `http://127.0.0.1:${port}`;

/** Where a service beside the first listens, once there is one. */
export const patientPort = (
  { patient_b, patient_c }: Pick<EmbeddedPorts, 'patient_b' | 'patient_c'>,
  name: PatientName,
): number => ({ 'patient-b': patient_b, 'patient-c': patient_c })[name];

/** What V8 leaves when it ends the service itself: no addresses of this machine, nothing of the environment. */
const reportFlags = (directory: string): string[] => [
  '--report-on-fatalerror',
  `--report-directory=${directory}`,
  '--report-compact',
  '--report-exclude-network',
  '--report-exclude-env',
];

/** Where service and console meet. */
export const snapshotsFolder = (directory: StateDirectory) => join(directory.shared, 'snapshots');
export const reportsFolder = (directory: StateDirectory) => join(directory.shared, 'reports');

/** Where the service leaves word that it was told to end: whoever has it restarted makes no death of it. */
const endingsFolder = (directory: StateDirectory) => join(directory.shared, 'endings');
/** Where the service keeps an incident over its deaths. */
const incidentFile = (directory: StateDirectory) => join(directory.shared, 'incident', 'seed');
/** Where it says that the learner's code ended it. */
const workNoteFile = (directory: StateDirectory) => join(directory.shared, 'work', 'ended.json');

const serviceMain = ['--import', './src/telemetry.ts', 'src/main.ts'];

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
    command: [process.execPath, ...flags, ...serviceMain],
    folder: join(services, 'leaky-service'),
    environment: {
      HOST: '127.0.0.1',
      PORT: String(options.ports.service),
      UPSTREAM_URL: urlOf(options.ports.upstream),
      LEAKS: options.leaks,
      SNAPSHOT_DIRECTORY: snapshotsFolder(directory),
      ENDINGS_DIRECTORY: endingsFolder(directory),
      INCIDENT_FILE: incidentFile(directory),
      WORK_DIRECTORY: directory.work,
      WORK_NOTE_FILE: workNoteFile(directory),
      CONSOLE_URL: urlOf(options.ports.console),
      ...(options.valkey.kind !== 'none' && { VALKEY_URL: options.valkey.url }),
    },
    log: directory.log('service'),
    limit,
    limit_bytes,
    isReady: () => answers(`${urlOf(options.ports.service)}/health`),
  };
}

/** Another service like the first, for as long as a lab has it, inside `limit`; the console makes nothing of its snapshots. */
export function patientProgram(
  name: PatientName,
  port: number,
  options: RunOptions,
  limit: MemoryLimit,
  directory: StateDirectory,
  services: string,
): Program {
  const own = join(directory.patients, name);
  return {
    name,
    command: [process.execPath, ...limit.node_flags, ...serviceMain],
    folder: join(services, 'leaky-service'),
    environment: {
      HOST: '127.0.0.1',
      PORT: String(port),
      UPSTREAM_URL: urlOf(options.ports.upstream),
      LEAKS: '',
      SNAPSHOT_DIRECTORY: join(own, 'snapshots'),
      INCIDENT_FILE: join(own, 'seed'),
    },
    log: directory.log(name),
    limit,
    limit_bytes: () => limit.description.limit_bytes,
    isReady: () => answers(`${urlOf(port)}/health`),
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
    WORK_DIRECTORY: directory.work,
    PATIENT_URLS: patientNames.map((patient) => urlOf(patientPort(options.ports, patient))).join(','),
  });
}

/** The Valkey that the service may write to, where one was found on this machine: full at its own limit, it goes on. */
export function valkeyProgram(
  { valkey, valkey_maxmemory_bytes }: RunOptions,
  directory: StateDirectory,
): Program | undefined {
  if (valkey.kind !== 'own') return undefined;
  const { server, port } = valkey;
  return {
    name: 'valkey',
    command: dyingWithParent([server, ...serverArguments(port, directory.valkey, valkey_maxmemory_bytes)]),
    folder: directory.valkey,
    environment: {},
    log: directory.log('valkey'),
    limit: undefined,
    limit_bytes: () => undefined,
    isReady: () => answersPing(port),
  };
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
    isReady: () => answers(`${urlOf(port)}/health`),
  };
}
