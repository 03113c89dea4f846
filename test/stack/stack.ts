import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { anyFreePort } from '../../packages/lab/src/ports/free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real stack under a project name and ports of its own, so that it meets no other on the same machine. */
export interface Stack {
  readonly project: string;
  readonly url: {
    readonly service: string;
    readonly console: string;
    readonly prometheus: string;
    readonly jaeger: string;
    readonly grafana: string;
    /** Of the services beside the first, where profile `patients` is up. */
    readonly patients: readonly string[];
  };
  /** Runs `docker compose` in this project; never throws. */
  compose(...args: string[]): Promise<Output>;
  containerOf(service: string): Promise<string>;
  /** Removes all there is of it. */
  close(): Promise<void>;
}

/** Runs `docker`; an exit code other than 0 is an answer, not an error. */
export async function docker(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Output> {
  const options = { cwd: root, env, maxBuffer: 64 * 2 ** 20 };
  try {
    return { code: 0, ...(await run('docker', args, options)) };
  } catch (error) {
    const { code, stdout = '', stderr = '', message } = error as Error & Partial<Output>;
    if (typeof code !== 'number') throw new Error(`docker could not be run: ${message}`);
    return { code, stdout, stderr };
  }
}

interface ComposeFile {
  readonly services: Record<string, { readonly image: string; readonly build?: object }>;
}

/** The services of the compose file, and those whose image is neither here nor built here: no test pulls one. */
export async function readServices(): Promise<{ services: string[]; absent: string[] }> {
  const { services } = JSON.parse(
    (await docker(['compose', 'config', '--format', 'json'])).stdout,
  ) as ComposeFile;
  const missing = async ([name, { image, build }]: [string, ComposeFile['services'][string]]) =>
    build || (await docker(['image', 'inspect', image])).code === 0 ? [] : [name];
  const absent = (await Promise.all(Object.entries(services).map(missing))).flat();
  return { services: Object.keys(services), absent };
}

/** Builds and starts the stack and waits until it is healthy. Throws, with the logs, where it is not in time. */
export async function openStack(settings: Record<string, string> = {}): Promise<Stack> {
  const project = `leak-lab-test-${randomBytes(4).toString('hex')}`;
  const [service, console, prometheus, jaeger, grafana, patientB, patientC] = await Promise.all(
    Array.from({ length: 7 }, anyFreePort),
  );
  const env = {
    ...process.env,
    SERVICE_PORT: `${service}`,
    CONSOLE_PORT: `${console}`,
    PROMETHEUS_PORT: `${prometheus}`,
    JAEGER_PORT: `${jaeger}`,
    GRAFANA_PORT: `${grafana}`,
    PATIENT_B_PORT: `${patientB}`,
    PATIENT_C_PORT: `${patientC}`,
    LEAKS: '',
    BLIND: 'false',
    ...settings,
  };
  const compose = (...args: string[]) => docker(['compose', '--project-name', project, ...args], env);
  const close = async () => {
    await compose('--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '5');
  };

  const { services, absent } = await readServices();
  const wanted = services.filter((name) => !absent.includes(name));
  const up = await compose('up', '--build', '--detach', '--wait', '--wait-timeout', '180', ...wanted);
  if (up.code !== 0) {
    const { stdout: logs } = await compose('logs', '--no-color', '--tail', '20');
    await close();
    throw new Error(`The stack did not become healthy.\n${up.stderr}\n${logs}`);
  }
  const at = (port: number | undefined) => `http://127.0.0.1:${port}`;
  return {
    project,
    url: {
      service: at(service),
      console: at(console),
      prometheus: at(prometheus),
      jaeger: at(jaeger),
      grafana: at(grafana),
      patients: [at(patientB), at(patientC)],
    },
    compose,
    containerOf: async (name) => (await compose('ps', '--all', '--quiet', name)).stdout.trim(),
    close,
  };
}
