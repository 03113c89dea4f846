import { checkEnvironment, namesFrom, portNumber } from '@leak-lab/json-service';
import * as v from 'valibot';

const bytes = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'a whole number of bytes'), v.transform(Number));

const seconds = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,5}$/, 'whole seconds, up to 999999'),
  v.transform(Number),
);
const patience = v.pipe(
  v.string(),
  v.regex(/^([1-9]|[1-5]\d|60)$/, 'whole seconds from 1 to 60'),
  v.transform(Number),
);
const interval = v.pipe(
  v.string(),
  v.regex(/^(0|[1-9]\d{3,8})$/, 'bytes from 1000 to 999999999, or 0 for none'),
  v.transform(Number),
);

const flag = v.pipe(
  v.string(),
  v.picklist(['true', 'false', '1', '0'], 'true or false'),
  v.transform((text) => text === 'true' || text === '1'),
);

const environment = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(portNumber, '8080'),
  UPSTREAM_URL: v.optional(v.pipe(v.string(), v.url('a URL')), 'http://127.0.0.1:8090'),
  VALKEY_URL: v.optional(
    v.pipe(v.string(), v.url('a URL'), v.regex(/^rediss?:/, 'redis://host:port, or rediss: for TLS')),
  ),
  SESSION_SECONDS: v.optional(seconds, '15'),
  LEAKS: v.optional(namesFrom, ''),
  ADMIN_TOKEN: v.optional(v.pipe(v.string(), v.minLength(8, 'at least 8 characters'))),
  ALLOWED_HOSTS: v.optional(namesFrom, 'leaky-service'),
  LOG_LEVEL: v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info'),
  MEMORY_LIMIT_BYTES: v.optional(bytes),
  PROFILE_INTERVAL_BYTES: v.optional(interval, '262144'),
  BLIND: v.optional(flag, 'false'),
  SNAPSHOT_DIRECTORY: v.optional(v.string()),
  ENDINGS_DIRECTORY: v.optional(v.string()),
  INCIDENT_FILE: v.optional(v.string()),
  WORK_DIRECTORY: v.optional(v.string()),
  WORK_NOTE_FILE: v.optional(v.string()),
  WORK_PATIENCE_SECONDS: v.optional(patience, '5'),
  CONSOLE_URL: v.optional(v.pipe(v.string(), v.url('a URL'))),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly upstreamUrl: string;
  /** A Valkey, or a Redis, to write to; none where it is not said. */
  readonly valkeyUrl: string | undefined;
  /** How long a session lasts after its last request, where it ends by itself. */
  readonly session_seconds: number;
  /** Leaks to switch on at the start, by id: what the operator wants to survive a restart. */
  readonly leaks: readonly string[];
  readonly adminToken: string | undefined;
  /** Names, lower case, under which the service may be addressed beside `localhost` and IP literals. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly logLevel: string;
  /** Told by whoever enforces a limit that no cgroup shows (the watchdog of the embedded lab). */
  readonly memoryLimit_bytes: number | undefined;
  /** One object is sampled for each so many bytes allocated, on average; 0 for none. */
  readonly profileInterval_bytes: number;
  /** Whether everything that would name a leak is left out from the start: routes, metrics, fields. */
  readonly blind: boolean;
  /** Where heap snapshots are written; shared with the console. */
  readonly snapshotDirectory: string | undefined;
  /** Where a process that ends in order says so; shared with the console, which else takes it for a death. */
  readonly endingsDirectory: string | undefined;
  /** Where an incident outlives the process: its seed alone. */
  readonly incidentFile: string | undefined;
  /** Where the learner's copies of the features are. */
  readonly workDirectory: string | undefined;
  /** Where a process that the learner's code ended tells the next one of it. */
  readonly workNoteFile: string | undefined;
  /** How long the learner's code may hold the process up before that is ended. */
  readonly workPatience_seconds: number;
  readonly consoleUrl: string | undefined;
}

/** Reads the environment once. Throws an `Error` that names each variable that is wrong and what it wants. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = checkEnvironment(environment, env);
  return {
    host: values.HOST,
    port: values.PORT,
    upstreamUrl: values.UPSTREAM_URL.replace(/\/+$/, ''),
    valkeyUrl: values.VALKEY_URL,
    session_seconds: values.SESSION_SECONDS,
    leaks: values.LEAKS,
    adminToken: values.ADMIN_TOKEN,
    allowedHosts: new Set(values.ALLOWED_HOSTS.map((name) => name.toLowerCase())),
    logLevel: values.LOG_LEVEL,
    memoryLimit_bytes: values.MEMORY_LIMIT_BYTES,
    profileInterval_bytes: values.PROFILE_INTERVAL_BYTES,
    blind: values.BLIND,
    snapshotDirectory: values.SNAPSHOT_DIRECTORY,
    endingsDirectory: values.ENDINGS_DIRECTORY,
    incidentFile: values.INCIDENT_FILE,
    workDirectory: values.WORK_DIRECTORY,
    workNoteFile: values.WORK_NOTE_FILE,
    workPatience_seconds: values.WORK_PATIENCE_SECONDS,
    consoleUrl: values.CONSOLE_URL?.replace(/\/+$/, ''),
  };
}
