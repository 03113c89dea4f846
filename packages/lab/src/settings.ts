import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { LabError } from './lab-error.ts';
import { parseBytes } from './text/bytes.ts';

/** The root of the clone. */
export const root = join(import.meta.dirname, '../../..');

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Ports {
  readonly service: number;
  readonly upstream: number;
  readonly console: number;
  readonly patient_b: number;
  readonly patient_c: number;
  readonly grafana: number;
  readonly prometheus: number;
  readonly jaeger: number;
}

/** What `.env` and the environment say, parsed once. */
export interface Settings {
  /** 0 means: any that is free. */
  readonly ports: Ports;
  readonly memory_limit_bytes: number;
  readonly state_directory: string;
  /** Leaks that are on from each start, as the service reads `LEAKS`. */
  readonly leaks: string;
  readonly admin_token: string | undefined;
  /** A Valkey that is there already; the lab starts one where it is not said. */
  readonly valkey_url: string | undefined;
  /** Where the lab's own Valkey begins to refuse writes. */
  readonly valkey_maxmemory_bytes: number;
}

/** The variable that sets each port, and what it is where nothing sets it. */
export const portVariables = {
  service: ['SERVICE_PORT', 8080],
  upstream: ['UPSTREAM_PORT', 8090],
  console: ['CONSOLE_PORT', 8088],
  patient_b: ['PATIENT_B_PORT', 8180],
  patient_c: ['PATIENT_C_PORT', 8280],
  grafana: ['GRAFANA_PORT', 3001],
  prometheus: ['PROMETHEUS_PORT', 9090],
  jaeger: ['JAEGER_PORT', 16686],
} as const satisfies Record<keyof Ports, readonly [string, number]>;

/** The variable that sets the port of each service that a lab has beside the first. */
export const patientVariables = {
  'patient-b': portVariables.patient_b[0],
  'patient-c': portVariables.patient_c[0],
} as const;

/** Reads the settings: the environment goes before `.env`, as with Docker Compose. */
export function readSettings(environment: Environment = process.env, folder: string = root): Settings {
  return parseSettings(readVariables(environment, folder), folder);
}

/** What `.env` sets, and the environment before it. */
export function readVariables(environment: Environment = process.env, folder: string = root): Environment {
  const file = join(folder, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...environment };
}

/** Makes settings of variables. Throws a `LabError` that names the variable that cannot be read. */
export function parseSettings(variables: Environment, folder: string): Settings {
  const port = (name: keyof Ports) => {
    const [variable, standard] = portVariables[name];
    return parsePort(variables[variable] || String(standard), variable);
  };
  return {
    ports: {
      service: port('service'),
      upstream: port('upstream'),
      console: port('console'),
      patient_b: port('patient_b'),
      patient_c: port('patient_c'),
      grafana: port('grafana'),
      prometheus: port('prometheus'),
      jaeger: port('jaeger'),
    },
    memory_limit_bytes: parseBytes(variables['SERVICE_MEMORY_LIMIT'] || '256m', 'SERVICE_MEMORY_LIMIT'),
    state_directory: variables['LAB_STATE_DIR'] || join(folder, '.lab'),
    leaks: variables['LEAKS'] ?? '',
    admin_token: variables['ADMIN_TOKEN'] || undefined,
    valkey_url: variables['VALKEY_URL'] || undefined,
    valkey_maxmemory_bytes: parseBytes(variables['VALKEY_MAXMEMORY'] || '256mb', 'VALKEY_MAXMEMORY'),
  };
}

/** Reads a port number. Throws a `LabError` that names `setting`. */
export function parsePort(text: string, setting: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text.trim()) && port <= 65_535) return port;
  throw new LabError({
    problem: `${setting} is not a port.`,
    expected: 'a whole number from 1 to 65535, or 0 for any that is free',
    came: JSON.stringify(text),
    advice: `change ${setting} in .env or on the command line`,
  });
}
