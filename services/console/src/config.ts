import { join } from 'node:path';
import { checkEnvironment, namesFrom, portNumber } from '@leak-lab/json-service';
import * as v from 'valibot';

const environment = v.object({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(portNumber, '8088'),
  SERVICE_URL: v.optional(v.pipe(v.string(), v.url('a URL')), 'http://127.0.0.1:8080'),
  DATA_DIRECTORY: v.optional(v.string(), '.lab/console'),
  SHARED_DIRECTORY: v.optional(v.string()),
  SOURCE_DIRECTORY: v.optional(v.string()),
  DEATHS_FILE: v.optional(v.string()),
  LABS_DIRECTORY: v.optional(v.string(), join(import.meta.dirname, '../../../labs')),
  WORK_DIRECTORY: v.optional(v.string(), '.lab/work'),
  PATIENT_URLS: v.optional(v.string(), ''),
  MODE: v.optional(v.picklist(['embedded', 'docker'], '"embedded" or "docker"'), 'embedded'),
  ALLOWED_HOSTS: v.optional(namesFrom, 'console'),
  ADMIN_TOKEN: v.optional(v.pipe(v.string(), v.minLength(8, 'at least 8 characters'))),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'a level such as "info", "warn" or "silent"',
    ),
    'info',
  ),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly serviceUrl: string;
  /** The database and what the console makes of the evidence; created where it is not there. */
  readonly dataDirectory: string;
  /** Shared with the service: `snapshots/`, `reports/` and `endings/`. Without it there are none of them. */
  readonly sharedDirectory: string | undefined;
  /** The service's own sources, for the lines around an allocation. */
  readonly sourceDirectory: string | undefined;
  /** Where the supervisor of the embedded lab writes each death. */
  readonly deathsFile: string | undefined;
  /** The labs of the course, `NN-symptom` each. */
  readonly labsDirectory: string;
  /** Copies of the service's files, which a learner mends. */
  readonly workDirectory: string;
  /** Further services that a lab may have beside the first. */
  readonly patientUrls: readonly string[];
  readonly mode: 'embedded' | 'docker';
  /** Names, lower case, under which the console may be addressed beside `localhost` and IP literals. */
  readonly allowedHosts: ReadonlySet<string>;
  /** Sent to the service with every request. */
  readonly adminToken: string | undefined;
  readonly logLevel: string;
}

/** Reads the environment once. Throws an `Error` that names each variable that is wrong and what it wants. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = checkEnvironment(environment, env);
  return {
    host: values.HOST,
    port: values.PORT,
    serviceUrl: values.SERVICE_URL.replace(/\/+$/, ''),
    dataDirectory: values.DATA_DIRECTORY,
    sharedDirectory: values.SHARED_DIRECTORY,
    sourceDirectory: values.SOURCE_DIRECTORY,
    deathsFile: values.DEATHS_FILE,
    labsDirectory: values.LABS_DIRECTORY,
    workDirectory: values.WORK_DIRECTORY,
    patientUrls: values.PATIENT_URLS.split(',').filter(Boolean),
    mode: values.MODE,
    allowedHosts: new Set(values.ALLOWED_HOSTS.map((name) => name.toLowerCase())),
    adminToken: values.ADMIN_TOKEN,
    logLevel: values.LOG_LEVEL,
  };
}
